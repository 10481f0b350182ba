using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Microsoft.Data.Sqlite;

namespace Commerce.Users.Identity;

/// <summary>Gives tokens for codes and for refresh tokens (RFC 6749 §4.1.3 and §6).</summary>
internal sealed class TokenEndpoint(
    Database database,
    ClientAuthentication authentication,
    AuthorizationCodes codes,
    RefreshTokens refreshTokens,
    AccessTokenIssuer accessTokens,
    IdTokenIssuer idTokens)
{
    // One text: whoever guesses does not learn how near the guess was.
    private const string BadGrant = "It is unknown, expired, used, revoked, or was given to another application.";

    public async Task<Answer> PostAsync(ServiceRequest request)
    {
        var parameters = ProtocolParameters.OfForm(request);
        parameters.RefuseRepeated();
        var client = authentication.Authenticate(request, parameters);
        return parameters.Required("grant_type") switch
        {
            "authorization_code" => await RedeemAsync(client, parameters, request.Aborted),
            "refresh_token" => await RefreshAsync(client, parameters, request.Aborted),
            _ => throw new ProtocolException("unsupported_grant_type", "The grant_type must be authorization_code or refresh_token."),
        };
    }

    private async Task<Answer> RedeemAsync(IdentityClient client, ProtocolParameters parameters, CancellationToken cancellationToken)
    {
        var (code, redirectUri, verifier) = (parameters.Required("code"), parameters.Required("redirect_uri"), parameters.Required("code_verifier"));
        // What is refused is committed too: a code that came twice has revoked something.
        var issued = await database.WriteAsync(connection =>
        {
            if (codes.Redeem(connection, code, client.ClientId, redirectUri, verifier) is not { } row
                || Active(connection, row.UserId) is not { } user)
            {
                return null;
            }

            var grant = new Grant(row.GrantId!, row.ClientId, row.UserId, row.Scope, row.AuthTime);
            var refresh = grant.Has(Scopes.OfflineAccess) ? refreshTokens.Issue(connection, grant) : null;
            return new Issued(grant, user, grant.Scope, row.Nonce, refresh);
        }, cancellationToken);
        return Respond(issued);
    }

    private async Task<Answer> RefreshAsync(IdentityClient client, ProtocolParameters parameters, CancellationToken cancellationToken)
    {
        var token = parameters.Required("refresh_token");
        var issued = await database.WriteAsync(connection =>
        {
            if (RefreshTokens.Find(connection, token) is not { Grant: { } grant } row || grant.ClientId != client.ClientId)
                return null;
            var scope = Narrowed(grant, parameters["scope"]);
            return refreshTokens.Use(connection, row) is { } next && Active(connection, row.UserId) is { } user
                ? new Issued(grant, user, scope, Nonce: null, next)
                : null;
        }, cancellationToken);
        return Respond(issued);
    }

    private Answer Respond(Issued? issued)
    {
        if (issued is not var (grant, user, scope, nonce, refresh))
            throw ProtocolException.InvalidGrant(BadGrant);
        var accessToken = accessTokens.Issue(user, scope, grant.ClientId);
        return ProtocolAnswer.Ok(new TokenResponse
        {
            AccessToken = accessToken,
            ExpiresIn = AccessTokenIssuer.LifetimeSeconds,
            Scope = scope,
            IdToken = scope.Split(' ').Contains(Scopes.OpenId) ? idTokens.Issue(grant, nonce, accessToken) : null,
            RefreshToken = refresh?.Value,
        });
    }

    // RFC 6749 §6: less than was granted may be asked for, and never more.
    private static string Narrowed(Grant grant, string? asked)
    {
        if (asked is null)
            return grant.Scope;
        return asked.Split(' ').All(grant.Has)
            ? asked
            : throw ProtocolException.InvalidScope("The scope goes beyond what was granted.");
    }

    private static UserRow? Active(SqliteConnection connection, string userId) =>
        UserStore.Find(connection, userId) is { IsActive: true } user ? user : null;

    private sealed record Issued(Grant Grant, UserRow User, string Scope, string? Nonce, RefreshToken? Refresh);
}
