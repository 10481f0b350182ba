using Commerce.Shared.Hosting;

namespace Commerce.Users.Identity;

/// <summary>Puts the OpenID provider together.</summary>
internal static class IdentityProvider
{
    private const string FormKey = "IDENTITY_FORM_KEY";

    /// <exception cref="CommerceStartException">The issuer or the clients are wrong.</exception>
    public static IdentityEndpoints Create(
        ServiceRuntime runtime, JwtSigner signer, SignIn signIn, RefreshTokens refreshTokens, AccessTokenIssuer accessTokens)
    {
        var (database, clock) = (runtime.Database, runtime.Clock);
        var issuer = IssuerAddress.Parse(runtime.Options.Issuer);
        var clients = IdentityClients.Load(runtime.Options.ClientsFile, runtime.Secrets);
        var idTokens = new IdTokenIssuer(signer, issuer, clock);
        var sessions = new IdentitySessions(issuer, clock);
        var codes = new AuthorizationCodes(refreshTokens, clock, runtime.Loggers.CreateLogger<AuthorizationCodes>());
        var protection = new FormProtection(runtime.Secrets.Get(FormKey), issuer, clock);
        var authentication = new ClientAuthentication(clients);
        return new IdentityEndpoints(
            ProviderMetadata.Of(issuer),
            signer,
            new AuthorizeEndpoint(database, new AuthorizationRequestReader(clients, idTokens, issuer), signIn, sessions, codes,
                new LoginPage(protection), protection, clock),
            new TokenEndpoint(database, authentication, codes, refreshTokens, accessTokens, idTokens),
            new UserInfoEndpoint(database),
            new RevocationEndpoint(database, authentication, refreshTokens),
            new LogoutEndpoint(database, clients, idTokens, sessions, protection));
    }
}
