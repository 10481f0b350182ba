using Commerce.Shared.Data;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Users;

/// <summary>Sign-in and the renewal of access tokens.</summary>
internal sealed class AuthEndpoints(
    Database database, SignIn signIn, RefreshTokens refreshTokens, AccessTokenIssuer tokens, TimeProvider clock)
{
    public void Map(ServiceRoutes routes)
    {
        routes.Post("/auth/login", Access.Public, LoginAsync);
        routes.Post("/auth/refresh", Access.Public, RefreshAsync);
    }

    private async Task<Answer> LoginAsync(ServiceRequest request)
    {
        var login = request.Body<LoginRequest>();
        var outcome = await signIn.TryAsync(login.Username, login.Password, request.Aborted);
        if (outcome.User is not { } user)
            throw Refused(outcome);
        var (row, refresh) = await database.WriteAsync(connection =>
        {
            UserStore.RecordLogin(connection, user.Id, clock);
            var refresh = refreshTokens.Issue(connection, user.Id, login.RememberMe);
            return (UserStore.Find(connection, user.Id)!, refresh);
        }, request.Aborted);
        var response = new LoginResponse
        {
            AccessToken = tokens.Issue(row),
            ExpiresIn = AccessTokenIssuer.LifetimeSeconds,
            User = row.ToUser(),
        };
        return WithCookie(Answer.Ok(response), request, refresh);
    }

    private static ApiException Refused(SignInOutcome outcome) => outcome.Wait is null
        ? ApiException.Unauthorized(SignInOutcome.WrongText)
        : new ApiException(StatusCodes.Status429TooManyRequests, "RATE_LIMIT_EXCEEDED", SignInOutcome.WaitText)
        {
            RetryAfterSeconds = outcome.WaitSeconds,
        };

    private async Task<Answer> RefreshAsync(ServiceRequest request)
    {
        if (request.Http.Request.Cookies[RefreshToken.CookieName] is not { Length: > 0 } token)
            throw ApiException.Unauthorized("The cookie 'refreshToken' is required.");
        var rotated = await database.WriteAsync(
            // A token that was granted to an application is no cookie: it would give more here than was granted.
            connection => RefreshTokens.Find(connection, token) is { Grant: null } row && refreshTokens.Use(connection, row) is { } next
                ? (Next: next, User: UserStore.Find(connection, row.UserId))
                : default,
            request.Aborted);
        if (rotated.User is not { IsActive: true } user)
            throw ApiException.Unauthorized("The refresh token is not valid any more: sign in again.");
        var response = new RefreshResponse(tokens.Issue(user), AccessTokenIssuer.LifetimeSeconds);
        return WithCookie(Answer.Ok(response), request, rotated.Next);
    }

    private static Answer WithCookie(Answer answer, ServiceRequest request, RefreshToken refresh) => answer
        .With("Set-Cookie", refresh.Cookie(request.Http.Request.IsHttps))
        .With("Cache-Control", "no-store");
}
