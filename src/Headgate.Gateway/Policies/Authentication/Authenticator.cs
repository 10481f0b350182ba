using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>
/// Checks the credentials of one security scheme of one document. Compiled once per plan and serves all requests at once. The counterpart of
/// <see cref="AuthenticatorCompiler"/>: together the plug-in contract of authentication.
/// </summary>
public abstract class Authenticator
{
    /// <summary>The authentication scheme that <c>WWW-Authenticate</c> names (RFC 9110 §11.3), for example <c>Bearer</c>.</summary>
    public abstract string ChallengeScheme { get; }

    /// <summary>What <c>WWW-Authenticate</c> says beside scheme and realm: parameters separated by commas; empty for none.</summary>
    public virtual string ChallengeParameters => "";

    /// <summary>Where its credentials stand, when they are Headgate's own: no upstream sees them. Empty for credentials that are forwarded.</summary>
    public virtual IReadOnlyList<CredentialPlace> Consumes => [];

    /// <summary>Whether its credentials stand in <c>Authorization</c>: those of Headgate's own where they are said to, and all that are forwarded, as bearer tokens are.</summary>
    public virtual bool ReadsAuthorization => Consumes.Count == 0 || Consumes.Any(place => place.IsField("Authorization"));

    /// <summary>
    /// Checks the request's credential. Completes synchronously, without allocating, for a credential that was checked lately; it must not hold the thread.
    /// While <see cref="GatewayContext.Explanation"/> is set nothing may be kept.
    /// </summary>
    public abstract ValueTask<AuthenticationResult> AuthenticateAsync(GatewayContext context);
}
