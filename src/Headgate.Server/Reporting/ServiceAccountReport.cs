using Headgate.Gateway.ServiceAccounts;

namespace Headgate.Server.Reporting;

/// <summary>A service account as the admin API and <c>headgate accounts</c> show it.</summary>
internal sealed record ServiceAccountReport
{
    public required string ClientId { get; init; }

    public required string Name { get; init; }

    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public required string State { get; init; }

    public required string? Tenant { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset? Expires { get; init; }

    public required DateTimeOffset? Revoked { get; init; }

    /// <summary>To the minute.</summary>
    public required DateTimeOffset? LastUsed { get; init; }

    /// <summary>Until when the secret before the current one holds as well.</summary>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    public static ServiceAccountReport Of(ServiceAccount account, DateTimeOffset now) => new()
    {
        ClientId = account.ClientId,
        Name = account.Name,
        State = account.Revoked is not null ? "revoked" : account.IsActive(now) ? "active" : "expired",
        Tenant = account.Tenant,
        Scopes = account.Scopes,
        Created = account.Created,
        Expires = account.Expires,
        Revoked = account.Revoked,
        LastUsed = account.LastUsed,
        PreviousSecretUntil = account.PreviousSecretUntil > now ? account.PreviousSecretUntil : null,
    };
}
