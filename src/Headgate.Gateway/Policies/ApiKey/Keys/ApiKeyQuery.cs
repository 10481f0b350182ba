using Headgate.Gateway.Policies.Authentication;

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

    /// <summary>The most that are wanted.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether there can be such keys at all.</summary>
    internal bool IsPossible => (Tenant is null || CallerText.IsTenant(Tenant)) && (Owner is null || CallerText.IsUser(Owner)) && (After is null || ApiKeyText.IsId(After));
}
