using System.Globalization;

namespace Commerce.Users;

/// <summary>A new refresh token. Without an age its cookie ends with the browser's session.</summary>
internal sealed record RefreshToken(string Value, TimeSpan? CookieAge)
{
    public const string CookieName = "refreshToken";

    // RFC 6265 §5.2: no script may read it, and no other site's form may send it.
    public string Cookie(bool secure)
    {
        var age = CookieAge is { } time ? $"; Max-Age={((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{CookieName}={Value}; Path=/{age}; HttpOnly; SameSite=Lax{(secure ? "; Secure" : "")}";
    }
}
