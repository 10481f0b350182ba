using Headgate.OpenApi.Model;

namespace Headgate.Gateway.BuiltIns;

/// <summary>An API of Headgate's own as it is mounted in a plan. Immutable.</summary>
/// <param name="Api">The API.</param>
/// <param name="Document">Its document, as it is there.</param>
/// <param name="Reason">Why it is there, as a clause.</param>
public sealed record BuiltInMount(BuiltInApi Api, ApiDocument Document, string Reason)
{
    /// <summary>
    /// The document of a user beside which it is mounted, and from which it has its callers; null for one that stands for itself. It is not mounted when what it has from there cannot be compiled: the
    /// user is told at that document.
    /// </summary>
    public ApiDocument? Home { get; init; }
}
