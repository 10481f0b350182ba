using System.Text;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>A request for a token with client credentials (RFC 6749 §4.4.2), read. Immutable.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Scopes">The scopes that it asks for; null for all that it may have.</param>
internal sealed record TokenRequest(ClientCredentials Client, IReadOnlyList<string>? Scopes)
{
    private const string FormType = "application/x-www-form-urlencoded";
    private const int MostParameters = 32;

    /// <summary>Reads a request.</summary>
    /// <returns>The request, or why it is refused.</returns>
    public static (TokenRequest? Request, GatewayFailure? Failure) Read(ClientRequest request, ReadOnlyMemory<byte> body)
    {
        // RFC 6749 §2.3.1: credentials must not be in the request URI, where logs keep them; and no other parameter has to.
        if (request.Query.Length > 0)
            return (null, Malformed("The URL has a query; parameters stand in the body."));
        if (!IsForm(request.Headers.ContentType))
            return (null, Malformed($"The body is not {FormType}."));
        if (Parse(body) is not { } form)
            return (null, Malformed("The body is not a form, or has too many parameters."));

        // RFC 6749 §3.2: parameters must not be included more than once, and one without a value counts as omitted.
        if (form.FirstOrDefault(parameter => parameter.Value.Count > 1).Key is not null)
            return (null, Malformed("A parameter stands in the body more than once."));
        string? grant = Value(form, "grant_type");
        if (grant is null)
            return (null, Malformed("The parameter grant_type is missing."));
        if (grant != "client_credentials")
            return (null, new GatewayFailure(OAuthErrors.GrantUnsupported, "The grant type is not client_credentials, the only one here."));
        (ClientCredentials? client, GatewayFailure? failure) = ClientCredentials.Read(request.Headers.Authorization, Value(form, "client_id"), Value(form, "client_secret"));
        return client is null ? (null, failure) : (new TokenRequest(client, Value(form, "scope")?.Split(' ')), null);
    }

    /// <summary>A request that is not as RFC 6749 has it.</summary>
    public static GatewayFailure Malformed(string detail) => new(OAuthErrors.RequestInvalid, detail);

    private static bool IsForm(StringValues contentType) =>
        contentType is [{ } type] && type.AsSpan(0, type.IndexOf(';', StringComparison.Ordinal) is >= 0 and int end ? end : type.Length).Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, StringValues>? Parse(ReadOnlyMemory<byte> body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body.Span)) { ValueCountLimit = MostParameters };
        try
        {
            return reader.ReadForm();
        }
        catch (InvalidDataException)
        {
            // Too many or too long: the caller says so.
            return null;
        }
    }

    private static string? Value(Dictionary<string, StringValues> form, string name) => form.TryGetValue(name, out StringValues value) && value is [{ Length: > 0 } text] ? text : null;
}
