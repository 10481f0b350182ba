using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>The OpenID provider. Errors are told to whom they concern: applications as JSON, users as a page.</summary>
internal sealed class IdentityEndpoints(
    ProviderMetadata metadata,
    JwtSigner signer,
    AuthorizeEndpoint authorize,
    TokenEndpoint token,
    UserInfoEndpoint userInfo,
    RevocationEndpoint revocation,
    LogoutEndpoint logout)
{
    private const string Root = "/identity";

    public void Map(ServiceRoutes routes)
    {
        routes.Get($"{Root}/.well-known/openid-configuration", Access.Unchecked, _ => ProtocolAnswer.Cacheable(metadata));
        routes.Get($"{Root}/jwks.json", Access.Unchecked, _ => ProtocolAnswer.Cacheable(signer.PublicKeys));
        routes.Get($"{Root}/authorize", Access.Unchecked, ForUsers(authorize.GetAsync));
        routes.Post($"{Root}/authorize", Access.Unchecked, ForUsers(authorize.PostAsync));
        routes.Post($"{Root}/login", Access.Unchecked, ForUsers(authorize.LoginAsync));
        routes.Post($"{Root}/token", Access.Unchecked, ForApplications(token.PostAsync));
        routes.Get($"{Root}/userinfo", Access.Caller, userInfo.Answer);
        routes.Post($"{Root}/userinfo", Access.Caller, request => Task.FromResult(userInfo.Answer(request)));
        routes.Post($"{Root}/revoke", Access.Unchecked, ForApplications(revocation.PostAsync));
        routes.Get($"{Root}/logout", Access.Unchecked, ForUsers(request => Task.FromResult(logout.Get(request))));
        routes.Post($"{Root}/logout", Access.Unchecked, ForUsers(logout.PostAsync));
    }

    private static Func<ServiceRequest, Task<Answer>> ForUsers(Func<ServiceRequest, Task<Answer>> endpoint) =>
        With(endpoint, IdentityPage.Of);

    private static Func<ServiceRequest, Task<Answer>> ForApplications(Func<ServiceRequest, Task<Answer>> endpoint) =>
        With(endpoint, ProtocolAnswer.Of);

    private static Func<ServiceRequest, Task<Answer>> With(
        Func<ServiceRequest, Task<Answer>> endpoint, Func<ProtocolException, Answer> tell) => async request =>
    {
        try
        {
            return await endpoint(request);
        }
        catch (ProtocolException error)
        {
            return tell(error);
        }
    };
}
