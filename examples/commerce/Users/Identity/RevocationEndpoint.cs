using Commerce.Shared.Data;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>Takes back what was granted, when an application hands in a refresh token (RFC 7009).</summary>
internal sealed class RevocationEndpoint(Database database, ClientAuthentication authentication, RefreshTokens refreshTokens)
{
    public async Task<Answer> PostAsync(ServiceRequest request)
    {
        var parameters = ProtocolParameters.OfForm(request);
        parameters.RefuseRepeated();
        var client = authentication.Authenticate(request, parameters);
        var token = parameters.Required("token");
        // RFC 7009 §2.2.1: an access token is not asked about here by those who believe it; it ends by itself.
        if (token.Contains('.', StringComparison.Ordinal))
            throw new ProtocolException("unsupported_token_type", "Access tokens cannot be revoked, they last a quarter of an hour.");
        return await database.WriteAsync(connection =>
        {
            if (RefreshTokens.Find(connection, token) is { } row)
            {
                if (row.ClientId != client.ClientId)
                    throw ProtocolException.InvalidGrant("The token was given to another application.");
                refreshTokens.Revoke(connection, row.Family);
            }

            // RFC 7009 §2.2: one that is unknown is revoked already.
            return Answer.Ok().With("Cache-Control", "no-store");
        }, request.Aborted);
    }
}
