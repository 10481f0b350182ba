namespace Headgate.Gateway.Errors;

/// <summary>The quota that a refused caller has used up.</summary>
/// <param name="Limit">How many requests it has in its window.</param>
/// <param name="Remaining">How many are left.</param>
public sealed record FailureQuota(int Limit, int Remaining);
