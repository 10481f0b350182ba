using System.Text;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.ServiceAccounts.OAuth;
using Headgate.OpenApi.Model;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>Makes authenticators for the schemes whose tokens Headgate itself issues.</summary>
internal sealed class ServiceAccountAuthenticatorCompiler(
    ServiceAccountRegistry accounts, IssuerKeys keys, RevokedAccounts revoked, VerifiedTokens verified, TimeProvider time, ILogger logger) : AuthenticatorCompiler
{
    // What the clocks of several instances may differ.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(30);

    public override bool Handles(ApiDocument document, ApiSecurityScheme scheme) => OwnSchemes.IsOwn(document, scheme, accounts.Issuer.Given);

    public override Authenticator Compile(SecurityScope scope)
    {
        ApiSecurityScheme scheme = scope.Scheme;
        if (OwnSchemes.OtherFlowsOf(scheme) is [var other, ..])
            scope.Diagnostics.Add(ServiceAccountDiagnostics.FlowNotOffered, scheme.Node, $"Headgate issues tokens for '{scheme.Key}' by clientCredentials alone, not by {other}.", "Give the other flows a scheme of their own with x-gateway-jwt.");
        if (accounts.Options.SharesStore && accounts.Issuer.Given is null)
            scope.Diagnostics.Add(ServiceAccountDiagnostics.IssuerUnnamed, scheme.Node, "Several instances can use this store, and each is an issuer by the name of its own listener: the tokens of one do not hold at another.", "Start all of them with the same --issuer URL.");
        var verifier = new JwtVerifier(Rules(), new JwtAlgorithmSet([JwtAlgorithm.ES256]));
        var tokens = new JwtAuthenticator(verifier, keys, verified, new RefusalLog(scheme.Key, time, logger));
        return new ServiceAccountAuthenticator(tokens, revoked, OwnSchemes.ScopesOf(scheme), scope.Config.Tenancy.Claim);
    }

    // The issuer's name comes with its keys, as it does from discovery.
    private JwtRules Rules() => new()
    {
        Issuer = null,
        Audiences = accounts.Issuer.Audiences,
        ClockSkew = s_clockSkew,
        UserClaim = "sub"u8.ToArray(),
        TenantClaim = Encoding.UTF8.GetBytes(AccessToken.TenantClaim),
        ScopesClaim = "scope"u8.ToArray(),
        OtherScopesClaim = [],
        RolesClaim = "roles"u8.ToArray(),
        Subjects = SubjectKind.ServiceAccount,
    };
}
