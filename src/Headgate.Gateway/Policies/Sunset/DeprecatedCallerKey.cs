using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>By what callers of a deprecated operation are told apart: who they are, else from where they call.</summary>
/// <param name="User">The user, or null.</param>
/// <param name="ServiceAccount">The service account, or null: a user may have the same name.</param>
/// <param name="ApiKey">The id of the API key, or null.</param>
/// <param name="Tenant">The tenant, or null.</param>
/// <param name="Address">The address of a caller who is not authenticated, else null; of an IPv6 address the site.</param>
internal readonly record struct DeprecatedCallerKey(string? User, string? ServiceAccount, string? ApiKey, string? Tenant, string? Address)
{
    public static DeprecatedCallerKey Of(GatewayContext context) => context.Caller?.ServiceAccount is { } account
        ? new(null, account, context.ApiKey, context.Tenant, null)
        : new(context.User, null, context.ApiKey, context.Tenant, context.IsAuthenticated ? null : context.ClientAddress.LimitText);
}
