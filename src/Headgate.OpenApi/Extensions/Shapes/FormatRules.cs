using System.Net;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>The rules of each <see cref="SettingFormat"/>: check, words and schema pattern side by side.</summary>
internal static class FormatRules
{
    private const int LongestName = 100;

    public static bool Fits(SettingFormat format, string text) => format switch
    {
        SettingFormat.Name => IsName(text),
        SettingFormat.Method => text.Length > 0 && text.All(c => char.IsAsciiLetterUpper(c) || c == '-'),
        SettingFormat.HeaderName => text.Length > 0 && text.All(IsTokenCharacter),
        SettingFormat.HeaderValue => text.All(c => c is '\t' or (>= ' ' and < '\u007f')),
        SettingFormat.ServiceUrl => IsUrl(text, "http", "https", "h2c") && !text.AsSpan().ContainsAny("?#@"),
        SettingFormat.WebUrl => IsUrl(text, "http", "https"),
        SettingFormat.Network => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _),
        SettingFormat.Origin => IsOrigin(text),
        SettingFormat.Path => text.StartsWith('/') && text.All(c => c is > ' ' and < '\u007f' and not '#'),
        _ => text.Length > 0,
    };

    public static string Expected(SettingFormat format) => format switch
    {
        SettingFormat.Name => "a name of letters, digits, '-' and '_' that begins with a letter",
        SettingFormat.Method => "an HTTP method in upper case such as GET",
        SettingFormat.HeaderName => "the name of a header field",
        SettingFormat.HeaderValue => "the value of a header field, printable ASCII",
        SettingFormat.ServiceUrl => "an address such as http://127.0.0.1:9001 (http, https or h2c; no user, query or fragment)",
        SettingFormat.WebUrl => "an absolute http or https URL",
        SettingFormat.Network => "an IP address or a network such as 10.0.0.0/8",
        SettingFormat.Origin => "an origin such as https://app.example, one with a wildcard for its leading labels such as https://*.example, or *",
        SettingFormat.Path => "a path that begins with '/', percent-encoded where needed",
        _ => "a string that is not empty",
    };

    public static string TypeName(SettingFormat format) => format switch
    {
        SettingFormat.Name => "name",
        SettingFormat.Method => "HTTP method",
        SettingFormat.HeaderName => "header name",
        SettingFormat.HeaderValue => "header value",
        SettingFormat.ServiceUrl or SettingFormat.WebUrl => "URL",
        SettingFormat.Network => "IP address or CIDR",
        SettingFormat.Origin => "origin",
        SettingFormat.Path => "path",
        _ => "string",
    };

    public static string? Pattern(SettingFormat format) => format switch
    {
        SettingFormat.Name => "^[A-Za-z][A-Za-z0-9_-]{0,99}$",
        SettingFormat.Method => "^[A-Z-]+$",
        SettingFormat.HeaderName => "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
        SettingFormat.HeaderValue => "^[\\t -~]*$",
        SettingFormat.ServiceUrl => "^(https?|h2c)://[^?#@]+$",
        SettingFormat.WebUrl => "^https?://",
        SettingFormat.Origin => "^(\\*|https?://[^/?#@]+)$",
        SettingFormat.Path => "^/[!-\"$-~]*$",
        _ => null,
    };

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // RFC 9110 §5.6.2: token
    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);

    private static bool IsUrl(string text, params ReadOnlySpan<string> schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && schemes.Contains(url.Scheme) && url.Host.Length > 0;

    private static bool IsOrigin(string text)
    {
        if (text == "*")
            return true;

        // The wildcard stands for one or more leading labels; a letter in its place makes the rest an ordinary URL.
        string plain = text.Replace("://*.", "://x.", StringComparison.Ordinal);
        int authority = plain.IndexOf("://", StringComparison.Ordinal) + 3;
        return IsUrl(plain, "http", "https") && plain.IndexOfAny(['/', '?', '#', '@', '*'], authority) < 0;
    }
}
