using System.Net;
using System.Text;
using Headgate.Gateway.Errors;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>By what a client wants to be known (RFC 6749 §2.3.1): <c>client_secret_basic</c> or <c>client_secret_post</c>. Immutable.</summary>
/// <param name="ClientId">The id.</param>
/// <param name="Secret">The secret.</param>
internal sealed record ClientCredentials(string ClientId, string Secret)
{
    private const string Scheme = "Basic ";

    /// <summary>Reads them.</summary>
    /// <param name="authorization">The field <c>Authorization</c>.</param>
    /// <param name="clientId">The parameter <c>client_id</c>, or null.</param>
    /// <param name="secret">The parameter <c>client_secret</c>, or null.</param>
    public static (ClientCredentials? Credentials, GatewayFailure? Failure) Read(StringValues authorization, string? clientId, string? secret)
    {
        if (authorization.Count == 0)
            return clientId is not null && secret is not null ? (new ClientCredentials(clientId, secret), null) : (null, Unknown("The request has no client id with its secret."));

        // RFC 6749 §2.3: one method of authentication in a request. The id alone may stand in the body as well (§3.2.1).
        if (authorization.Count > 1 || secret is not null)
            return (null, TokenRequest.Malformed("The request has several client authentications."));
        if (OfBasic(authorization[0]) is not { } credentials)
            return (null, Unknown("The field Authorization has no Basic credentials."));
        return clientId is not null && clientId != credentials.ClientId
            ? (null, TokenRequest.Malformed("The request names two clients."))
            : (credentials, null);
    }

    /// <summary>A client that is not known by what it sent. Why not, it is not told: neither which ids exist nor which secrets were once right.</summary>
    public static GatewayFailure Unknown(string detail) => new(OAuthErrors.ClientInvalid, detail)
    {
        // RFC 6749 §5.2, RFC 7617 §2.1.
        Challenge = "Basic realm=\"headgate\", charset=\"UTF-8\"",
    };

    /// <summary>Names no secret.</summary>
    public override string ToString() => ClientId;

    // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
    private static ClientCredentials? OfBasic(string? value)
    {
        if (value is null || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        byte[] decoded = new byte[value.Length];
        if (!Convert.TryFromBase64String(value[Scheme.Length..].Trim(), decoded, out int length))
            return null;
        string[] parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        return parts.Length == 2 ? new ClientCredentials(WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts[1])) : null;
    }
}
