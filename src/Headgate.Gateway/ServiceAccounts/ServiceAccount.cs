namespace Headgate.Gateway.ServiceAccounts;

/// <summary>A program that may call: it has a secret, and gets short-lived tokens for it. Its secret is not in here. Immutable.</summary>
public sealed record ServiceAccount
{
    /// <summary>The id under which it asks for tokens; in its tokens <c>sub</c> and <c>client_id</c>. Ordered by the time at which accounts were made.</summary>
    public required string ClientId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The tenant for which it calls; null for none.</summary>
    public required string? Tenant { get; init; }

    /// <summary>The scopes that its tokens may have.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on it gets no tokens, and those that it has do not hold; null for never.</summary>
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked; null while it is not.</summary>
    public required DateTimeOffset? Revoked { get; init; }

    /// <summary>When it got a token last, to the minute; null when it never did.</summary>
    public required DateTimeOffset? LastUsed { get; init; }

    /// <summary>Until when the secret before the current one holds as well; null when there is none.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Whether it may have tokens.</summary>
    public bool IsActive(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}
