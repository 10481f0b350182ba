using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>What a caller must be permitted to do, compiled. Immutable; deciding allocates nothing.</summary>
internal abstract class AuthorizationRule
{
    /// <summary>Whether a caller with some roles may.</summary>
    public abstract bool Allows(GatewayContext context, in CallerRoles roles);

    /// <summary>By which roles he may, for people; empty when he may not.</summary>
    public abstract string Because(GatewayContext context, in CallerRoles roles);

    /// <summary>As messages say it: <c>application:read in team:{teamId}</c>.</summary>
    public abstract override string ToString();
}
