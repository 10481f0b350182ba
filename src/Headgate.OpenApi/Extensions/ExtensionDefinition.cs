namespace Headgate.OpenApi.Extensions;

/// <summary>
/// An <c>x-gateway-*</c> extension that a feature brings: its key, its record type and where it may stand. A feature declares
/// one as a static member of its <c>*Extension</c> record and registers it; the binder knows none by name.
/// </summary>
/// <param name="Name">The key, <c>x-gateway-…</c>.</param>
/// <param name="RecordType">The record to which it is bound.</param>
/// <param name="Locations">Where it may stand.</param>
/// <param name="Summary">One sentence for the schema and the reference page.</param>
public sealed record ExtensionDefinition(string Name, Type RecordType, ExtensionLocations Locations, string Summary)
{
    /// <summary>
    /// Whether a policy or handler of this build acts on it. What is bound but not enforced is warned of at load and listed by
    /// <c>headgate routes</c>.
    /// </summary>
    public bool Enforced { get; init; } = true;

    /// <summary>Whether it says who makes the response, in place of a forwarded call: an aggregate, a saga.</summary>
    public bool IsHandler { get; init; }
}
