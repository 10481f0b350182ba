namespace Headgate.OpenApi.Extensions;

/// <summary>What a string setting has to look like.</summary>
public enum SettingFormat
{
    /// <summary>Any text but the empty one.</summary>
    Text,

    /// <summary>A name: a letter, then letters, digits, <c>-</c> and <c>_</c>; at most 100 characters.</summary>
    Name,

    /// <summary>An HTTP method in upper case (RFC 9110 §9.1).</summary>
    Method,

    /// <summary>The name of a header field (RFC 9110 §5.1).</summary>
    HeaderName,

    /// <summary>The value of a header field, without control characters (RFC 9110 §5.5).</summary>
    HeaderValue,

    /// <summary>An absolute <c>http</c>, <c>https</c> or <c>h2c</c> URL without user, query and fragment.</summary>
    ServiceUrl,

    /// <summary>An absolute <c>http</c> or <c>https</c> URL.</summary>
    WebUrl,

    /// <summary>An IP address or a network in CIDR notation.</summary>
    Network,

    /// <summary>An origin (<c>https://app.example</c>), one with a wildcard for its leading labels (<c>https://*.example</c>), or <c>*</c>.</summary>
    Origin,

    /// <summary>A path that begins with a slash, with a query where one is wanted; percent-encoded where needed, without a fragment.</summary>
    Path,
}
