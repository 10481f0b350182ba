using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>Authentication and user management.</summary>
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
        new AuthEndpoints(runtime.Database, passwords, new RefreshTokens(runtime.Clock), tokens, new LoginThrottle(runtime.Clock), runtime.Clock)
            .Map(routes);
        new UserEndpoints(runtime, passwords).Map(routes);
    }
}
