using Commerce.Shared.Hosting;
using Commerce.Shared.Web;
using Commerce.Users.Identity;

namespace Commerce.Users;

/// <summary>Authentication, an OpenID provider, and user management.</summary>
internal sealed class UserService : CommerceService
{
    public override string Name => ServiceNames.User;

    public override int PortOffset => 2;

    public override string Schema => UserStore.Schema;

    public override Task PrepareAsync(ServiceRuntime runtime, CancellationToken cancellationToken)
    {
        var passwords = new PasswordHasher(runtime.Options.PasswordIterations);
        return runtime.Database.WriteAsync(connection => SeedUsers.Plant(connection, passwords, runtime.Clock), cancellationToken);
    }

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var passwords = new PasswordHasher(runtime.Options.PasswordIterations);
        var signer = runtime.Own(new JwtSigner(runtime.Secrets));
        var tokens = new AccessTokenIssuer(signer, runtime.Options.Issuer, runtime.Clock);
        routes.Get("/.well-known/jwks.json", Access.Public, _ => Answer.Ok(signer.PublicKeys).With("Cache-Control", "public, max-age=300"));
        var signIn = new SignIn(runtime.Database, passwords, new LoginThrottle(runtime.Clock));
        var refreshTokens = new RefreshTokens(runtime.Clock, runtime.Loggers.CreateLogger<RefreshTokens>());
        new AuthEndpoints(runtime.Database, signIn, refreshTokens, tokens, runtime.Clock).Map(routes);
        IdentityProvider.Create(runtime, signer, signIn, refreshTokens, tokens).Map(routes);
        new UserEndpoints(runtime, passwords).Map(routes);
    }
}
