using System.Text.Json;
using Commerce.Shared.Security;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>JSON as OAuth 2.0 and OpenID Connect write it: names in snake case, and nothing that a cache may keep.</summary>
internal static class ProtocolAnswer
{
    public static Answer Ok<T>(T body) => Json(StatusCodes.Status200OK, body).With("Cache-Control", "no-store");

    /// <summary>Something public and the same for everybody.</summary>
    public static Answer Cacheable<T>(T body) => Json(StatusCodes.Status200OK, body).With("Cache-Control", "public, max-age=300");

    // RFC 6749 §5.2.
    public static Answer Of(ProtocolException error)
    {
        var body = new { error = error.Code, errorDescription = error.Message };
        return error.Code == "invalid_client"
            ? Json(StatusCodes.Status401Unauthorized, body).With("Cache-Control", "no-store").With("WWW-Authenticate", "Basic realm=\"commerce\"")
            : Json(StatusCodes.Status400BadRequest, body).With("Cache-Control", "no-store");
    }

    private static Answer Json<T>(int status, T body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, JwtFormat.Claims));
}
