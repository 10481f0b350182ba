namespace Headgate.Gateway.BuiltIns;

/// <summary>An API of Headgate's own as it is mounted in a plan. Immutable.</summary>
/// <param name="Api">The API.</param>
/// <param name="Reason">Why it is there, as a clause.</param>
public sealed record BuiltInMount(BuiltInApi Api, string Reason);
