using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>What a caller must be permitted to do, compiled. Immutable; deciding allocates nothing.</summary>
internal abstract class AuthorizationRule
{
    /// <summary>Whether a caller may.</summary>
    public abstract bool Allows(GatewayContext context, Caller caller);

    /// <summary>As messages say it: <c>application:read in team:{teamId}</c>.</summary>
    public abstract override string ToString();
}
