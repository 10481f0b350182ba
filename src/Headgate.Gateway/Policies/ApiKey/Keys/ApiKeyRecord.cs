namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>Everything that is known of an API key but its secret. Immutable.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>The id, which is not secret: the key begins with it, limits count by it, logs name it.</summary>
    public required string Id { get; init; }

    /// <summary>How the key begins: what may be shown of it.</summary>
    public string Prefix => ApiKeyText.Prefix + Id;

    /// <summary>What it is for, in words.</summary>
    public required string Name { get; init; }

    /// <summary>The user for whom it speaks; null for nobody in particular.</summary>
    public string? Owner { get; init; }

    /// <summary>The tenant of its requests; null for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The scopes that it was granted.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Its roles.</summary>
    public IReadOnlyList<ApiKeyRole> Roles { get; init; } = [];

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it got its present secret; null for the first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Until when the secret before the present one is accepted too; null where there was none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null for not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was used last, as far as that is written down; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Whether it holds at a time.</summary>
    public ApiKeyState StateAt(DateTimeOffset now) => RevokedAt is not null ? ApiKeyState.Revoked : ExpiresAt <= now ? ApiKeyState.Expired : ApiKeyState.Active;
}
