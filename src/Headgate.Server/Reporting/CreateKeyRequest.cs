using Headgate.Gateway.Policies.ApiKey.Keys;

namespace Headgate.Server.Reporting;

/// <summary>An API key that is wanted.</summary>
/// <param name="Name">What it is for, in words.</param>
/// <param name="Owner">The user for whom it speaks.</param>
/// <param name="Tenant">The tenant of its requests.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Expires">When it ends: a time, or how long from now.</param>
internal sealed record CreateKeyRequest(string Name, string? Owner, string? Tenant, IReadOnlyList<string>? Scopes, IReadOnlyList<ApiKeyRole>? Roles, string? Expires);
