using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>Sign-in and the renewal of access tokens.</summary>
internal sealed class AuthEndpoints(
    Database database, PasswordHasher passwords, RefreshTokens refreshTokens, AccessTokenIssuer tokens, LoginThrottle throttle, TimeProvider clock)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/auth/login", Access.Public, LoginAsync);
        routes.Post("/auth/refresh", Access.Public, RefreshAsync);
    }

    private async Task<Answer> LoginAsync(ServiceRequest request)
    {
        var login = request.Body<LoginRequest>();
        var user = Verify(login);
        var (row, refresh) = await database.WriteAsync(connection =>
        {
            UserStore.RecordLogin(connection, user.Id, clock);
            var refresh = refreshTokens.Issue(connection, user.Id, login.RememberMe);
            return (UserStore.Find(connection, user.Id)!, refresh);
        }, request.Aborted);
        var response = new LoginResponse
        {
            AccessToken = tokens.Issue(row),
            ExpiresIn = (int)AccessTokenIssuer.Lifetime.TotalSeconds,
            User = row.ToUser(),
        };
        return WithCookie(Answer.Ok(response), request, refresh);
    }

    private UserRow Verify(LoginRequest login)
    {
        if (throttle.Wait(login.Username) is { } wait)
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, "RATE_LIMIT_EXCEEDED", "Too many failed sign-ins.")
            {
                RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds),
            };
        }

        var user = database.Read(connection => UserStore.FindByUsername(connection, login.Username));
        // One message for an unknown name, a wrong password and a closed account: none of them is to be found out.
        if (!passwords.Verify(login.Password, user?.PasswordHash) || user is not { IsActive: true })
        {
            throttle.Failed(login.Username);
            throw ApiException.Unauthorized("The username or the password is wrong.");
        }

        throttle.Succeeded(login.Username);
        return user;
    }

    private async Task<Answer> RefreshAsync(ServiceRequest request)
    {
        if (request.Http.Request.Cookies[RefreshToken.CookieName] is not { Length: > 0 } token)
            throw ApiException.Unauthorized("The cookie 'refreshToken' is required.");
        var rotated = await database.WriteAsync(
            connection => refreshTokens.Rotate(connection, token) is var (next, userId)
                ? (Next: next, User: UserStore.Find(connection, userId))
                : default,
            request.Aborted);
        if (rotated.User is not { IsActive: true } user)
            throw ApiException.Unauthorized("The refresh token is not valid any more: sign in again.");
        var response = new RefreshResponse(tokens.Issue(user), (int)AccessTokenIssuer.Lifetime.TotalSeconds);
        return WithCookie(Answer.Ok(response), request, rotated.Next);
    }

    private static Answer WithCookie(Answer answer, ServiceRequest request, RefreshToken refresh) => answer
        .With("Set-Cookie", refresh.Cookie(request.Http.Request.IsHttps))
        .With("Cache-Control", "no-store");
}
