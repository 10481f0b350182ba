using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>Checks the tokens that Headgate itself issued: as those of any issuer, with the keys at hand; and whether their account was revoked since.</summary>
/// <param name="tokens">Checks tokens with the own keys.</param>
/// <param name="revoked">Who was revoked lately.</param>
/// <param name="scopes">The scopes that the scheme declares.</param>
/// <param name="tenantClaim">Under which name the document's services look for the tenant.</param>
internal sealed class ServiceAccountAuthenticator(Authenticator tokens, RevokedAccounts revoked, IReadOnlyList<string> scopes, string tenantClaim) : Authenticator
{
    public override string ChallengeScheme => tokens.ChallengeScheme;

    /// <summary>The scopes that the scheme declares.</summary>
    public IReadOnlyList<string> Scopes => scopes;

    /// <summary>Under which name the document's services look for the tenant.</summary>
    public string TenantClaim => tenantClaim;

    public override ValueTask<AuthenticationResult> AuthenticateAsync(GatewayContext context)
    {
        ValueTask<AuthenticationResult> result = tokens.AuthenticateAsync(context);
        return result.IsCompletedSuccessfully ? new ValueTask<AuthenticationResult>(Check(result.Result)) : CheckAsync(result);
    }

    private async ValueTask<AuthenticationResult> CheckAsync(ValueTask<AuthenticationResult> result) => Check(await result);

    private AuthenticationResult Check(AuthenticationResult result) => revoked.Contains(result.Caller?.User) ? AuthenticationResult.Refused("The service account is revoked.") : result;
}
