using Headgate.Gateway.Policies.ApiKey.Keys;

namespace Headgate.Server.Reporting;

/// <summary>An API key, without its secret.</summary>
internal sealed record KeyReport(
    string Id,
    string Prefix,
    string Name,
    string State,
    string? Owner,
    string? Tenant,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<ApiKeyRole> Roles,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RotatedAt,
    DateTimeOffset? PreviousUntil,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static KeyReport Of(ApiKeyRecord key, DateTimeOffset now) => new(
        key.Id,
        key.Prefix,
        key.Name,
        key.StateAt(now).ToString().ToLowerInvariant(),
        key.Owner,
        key.Tenant,
        key.Scopes,
        key.Roles,
        key.CreatedAt,
        key.ExpiresAt,
        key.RotatedAt,
        key.PreviousUntil > now ? key.PreviousUntil : null,
        key.RevokedAt,
        key.LastUsedAt);
}
