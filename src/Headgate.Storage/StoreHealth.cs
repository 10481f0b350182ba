namespace Headgate.Storage;

/// <summary>Whether a store can be used. A value.</summary>
/// <param name="Problem">What is wrong; null while nothing is.</param>
/// <param name="Since">Since when it has been so.</param>
public sealed record StoreHealth(StoreProblem? Problem, DateTimeOffset Since)
{
    /// <summary>Whether the store could be used when it was last tried.</summary>
    public bool IsHealthy => Problem is null;
}
