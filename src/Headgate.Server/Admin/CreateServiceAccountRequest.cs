namespace Headgate.Server.Admin;

/// <summary>A service account that somebody wants.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">The tenant for which it calls; null for none.</param>
/// <param name="Scopes">The scopes that its tokens may have; null for none.</param>
/// <param name="Expires">From when on it may have no tokens; null for never.</param>
internal sealed record CreateServiceAccountRequest(string Name, string? Tenant = null, IReadOnlyList<string>? Scopes = null, DateTimeOffset? Expires = null);
