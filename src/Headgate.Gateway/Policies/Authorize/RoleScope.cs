namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Where a role holds: <c>team:frontend</c>, <c>tenant:company_abc</c>, <c>team:*</c>. Immutable.</summary>
/// <param name="Kind">What the value names: <c>team</c>, <c>tenant</c>, ….</param>
/// <param name="Value">The one; <c>*</c> for all of the kind.</param>
public sealed record RoleScope(string Kind, string Value)
{
    /// <summary>The kind whose value is the request's tenant.</summary>
    public const string TenantKind = "tenant";

    /// <summary>Reads <c>KIND:VALUE</c>; null when it is something else.</summary>
    public static RoleScope? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 ? new RoleScope(text[..colon], text[(colon + 1)..]) : null;
    }

    /// <summary>Whether the role holds for one of a kind.</summary>
    public bool Covers(string kind, ReadOnlySpan<char> value) =>
        string.Equals(Kind, kind, StringComparison.Ordinal) && (Value == "*" || value.SequenceEqual(Value));

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Kind}:{Value}";
}
