namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>Which keys are wanted. Immutable.</summary>
public sealed record ApiKeyQuery
{
    /// <summary>Those of a tenant; null for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>Those of an owner; null for all.</summary>
    public string? Owner { get; init; }

    /// <summary>Whether expired and revoked ones are wanted too.</summary>
    public bool EndedToo { get; init; }

    /// <summary>Those that were made after the key of this id; null for from the first.</summary>
    public string? After { get; init; }

    /// <summary>The most that are wanted. Default 100; at most 1,000.</summary>
    public int Limit { get; init; } = 100;
}
