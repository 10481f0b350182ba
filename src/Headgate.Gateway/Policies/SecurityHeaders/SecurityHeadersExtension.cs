using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.SecurityHeaders;

/// <summary>
/// What <c>x-gateway-security-headers</c> says, on an operation or as <c>x-gateway-config.securityHeaders</c> for all of them: what browsers are told to keep from doing with
/// the answers. An operation's own replaces the document's whole.
/// </summary>
public sealed record SecurityHeadersExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-security-headers",
        typeof(SecurityHeadersExtension),
        ExtensionLocations.Operation,
        "What browsers are told to keep from doing with the answers. A field that the service sends itself stays. The operation's own settings replace the document's.");

    /// <summary>The value that stands for a field which is not sent.</summary>
    internal const string None = "none";

    /// <summary>Whether the fields are sent.</summary>
    [Setting("Whether the fields are sent.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>For how long browsers use TLS alone; null for not said.</summary>
    [Setting("For how long browsers shall call this host over TLS alone (`Strict-Transport-Security`); sent over TLS only. `0s` takes it back.", Range = "0s..3650d", Default = "not sent")]
    public Duration? Hsts { get; init; }

    /// <summary>Whether <see cref="Hsts"/> holds for hosts below this one.</summary>
    [Setting("Whether `hsts` holds for the hosts below this one too.")]
    public bool HstsSubdomains { get; init; }

    /// <summary>Whether browsers keep to the media type that is declared.</summary>
    [Setting("Whether browsers keep to the declared media type instead of guessing (`X-Content-Type-Options: nosniff`).")]
    public bool NoSniff { get; init; } = true;

    /// <summary>Which pages may show the answer in a frame.</summary>
    [Setting("Which pages may show the answer in a frame (`X-Frame-Options`).")]
    public FramePolicy Frames { get; init; } = FramePolicy.Deny;

    /// <summary>The content security policy; <see cref="None"/> for not sent.</summary>
    [Setting("What a page may load and do (`Content-Security-Policy`). The default suits answers that are data: they load nothing and are framed by nobody. Operations that answer with pages need one of their own. `none`: not sent.", Format = SettingFormat.HeaderValue)]
    public string ContentSecurityPolicy { get; init; } = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>What a page tells of itself to those that it calls; <see cref="None"/> for not sent.</summary>
    [Setting("What a page tells of its address to those that it calls (`Referrer-Policy`). `none`: not sent.", Format = SettingFormat.HeaderValue)]
    public string ReferrerPolicy { get; init; } = "no-referrer";

    /// <summary>Which abilities of the browser a page may use; null for not sent.</summary>
    [Setting("Which abilities of the browser a page may use (`Permissions-Policy`).", Format = SettingFormat.HeaderValue, Default = "not sent")]
    public string? PermissionsPolicy { get; init; }

    /// <summary>Which pages may embed the answer.</summary>
    [Setting("Which pages may load the answer into themselves (`Cross-Origin-Resource-Policy`): `same-origin`, `same-site` or `cross-origin`. CORS decides who may read it.", Format = SettingFormat.HeaderValue, Default = "not sent")]
    public string? ResourcePolicy { get; init; }
}
