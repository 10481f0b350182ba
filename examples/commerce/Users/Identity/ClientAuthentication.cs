using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>Finds out which application calls (RFC 6749 §2.3): by <c>client_secret_basic</c>, <c>client_secret_post</c>, or, when it is public, by name.</summary>
internal sealed class ClientAuthentication(IdentityClients clients)
{
    /// <exception cref="ProtocolException">It says in two ways who it is, or it is not who it says.</exception>
    public IdentityClient Authenticate(ServiceRequest request, ProtocolParameters parameters)
    {
        var (id, secret) = request.Http.Request.Headers.Authorization switch
        {
            [] => (parameters.Required("client_id"), parameters["client_secret"]),
            [{ } header] => Basic(header, parameters),
            _ => throw ProtocolException.InvalidRequest("Authorization stands there more than once."),
        };
        // One text for an unknown application and a wrong secret.
        return clients.Find(id) is { } client && clients.IsProven(client, secret)
            ? client
            : throw ProtocolException.InvalidClient("The application is unknown, or its secret is wrong.");
    }

    private static (string Id, string? Secret) Basic(string header, ProtocolParameters parameters)
    {
        // RFC 6749 §2.3: not more than one method in a request.
        if (parameters["client_secret"] is not null)
            throw ProtocolException.InvalidRequest("The secret stands there twice: in Authorization and in the body.");
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || Decode(value.Parameter) is not [var id, var secret])
        {
            throw ProtocolException.InvalidClient("Authorization is not of the scheme Basic.");
        }

        return parameters["client_id"] is { } named && named != id
            ? throw ProtocolException.InvalidRequest("Authorization and body name different applications.")
            : (id, secret);
    }

    // RFC 6749 §2.3.1: both halves are encoded as in a form before they are joined.
    private static string[]? Decode(string? credentials)
    {
        try
        {
            return [.. Encoding.UTF8.GetString(Convert.FromBase64String(credentials ?? "")).Split(':', 2).Select(half => WebUtility.UrlDecode(half)!)];
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
