using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Commerce.Shared.Security;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>
/// Lets a form be sent only by the browser to which it was shown, with the request for which it was shown, and for an hour.
/// Otherwise another site could sign its visitors in under a name of its own (RFC 6749 §10.12).
/// </summary>
internal sealed class FormProtection(string key, IssuerAddress issuer, TimeProvider clock)
{
    public const string CookieName = "identity-form";
    public const string RequestField = "request";
    public const string TokenField = "form_token";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The hidden fields of a form, and the cookie that must come back with them.</summary>
    public (Markup Fields, string Cookie) Protect(HttpRequest http, string purpose, string request)
    {
        // One that the browser has already is kept, so that a form in another tab stays good.
        var browser = http.Cookies[CookieName] is { Length: OpaqueToken.Length } known && Base64Url.IsValid(known) ? known : OpaqueToken.New();
        var shownAt = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var token = $"{shownAt}.{Mac(browser, shownAt, purpose, request)}";
        var fields = Markup.Of(
            $"""
            <input type="hidden" name="{RequestField}" value="{request}">
            <input type="hidden" name="{TokenField}" value="{token}">
            """);
        return (fields, issuer.Cookie(CookieName, browser));
    }

    /// <summary>The request for which the form was shown.</summary>
    /// <exception cref="ProtocolException">It was not shown to this browser, or too long ago.</exception>
    public ProtocolParameters Open(ServiceRequest http, string purpose, ProtocolParameters form)
    {
        var request = form[RequestField] ?? "";
        var token = (form[TokenField] ?? "").Split('.');
        var browser = http.Http.Request.Cookies[CookieName] ?? "";
        if (token is not [var shownAt, var mac] || !IsEqual(mac, Mac(browser, shownAt, purpose, request)) || IsOver(shownAt))
            throw ProtocolException.InvalidRequest("This form has expired, or your browser keeps no cookies. Go back to the application and begin again.");
        return ProtocolParameters.Parse(request);
    }

    private bool IsOver(string shownAt) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(shownAt, CultureInfo.InvariantCulture)) + Lifetime <= clock.GetUtcNow();

    // Neither the secret of the browser nor the time nor the purpose can hold a line break.
    private string Mac(string browser, string shownAt, string purpose, string request) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{browser}\n{shownAt}\n{purpose}\n{request}")));

    private static bool IsEqual(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
