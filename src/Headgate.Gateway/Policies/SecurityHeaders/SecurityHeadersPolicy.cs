using System.Globalization;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.SecurityHeaders;

/// <summary>
/// Tells browsers what to keep from doing with an answer, errors of the gateway included. A field that the service sends itself stays: it knows its pages.
/// </summary>
internal sealed class SecurityHeadersPolicy : GatewayPolicy
{
    private const string ReferrerPolicy = "Referrer-Policy";
    private const string PermissionsPolicy = "Permissions-Policy";
    private const string ResourcePolicy = "Cross-Origin-Resource-Policy";

    private readonly KeyValuePair<string, string>[] _fields;
    private readonly string? _strictTransport;
    private readonly SecurityHeadersExtension _settings;

    public SecurityHeadersPolicy(SecurityHeadersExtension settings)
    {
        _settings = settings;
        (string Name, string? Value)[] fields =
        [
            ("X-Content-Type-Options", settings.NoSniff ? "nosniff" : null),
            ("X-Frame-Options", settings.Frames switch { FramePolicy.Deny => "DENY", FramePolicy.SameOrigin => "SAMEORIGIN", _ => null }),
            ("Content-Security-Policy", settings.ContentSecurityPolicy),
            (ReferrerPolicy, settings.ReferrerPolicy),
            (PermissionsPolicy, settings.PermissionsPolicy),
            (ResourcePolicy, settings.ResourcePolicy),
        ];
        _fields = [.. fields.Where(field => field.Value is not (null or SecurityHeadersExtension.None)).Select(field => KeyValuePair.Create(field.Name, field.Value!))];

        // RFC 6797 §6.1.
        _strictTransport = settings.Hsts is { } age
            ? string.Create(CultureInfo.InvariantCulture, $"max-age={(long)age.Value.TotalSeconds}{(settings.HstsSubdomains ? "; includeSubDomains" : "")}")
            : null;
    }

    public override string Name => "security-headers";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("securityHeaders", _settings);

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        foreach ((string name, string value) in _fields)
        {
            if (!headers.ContainsKey(name))
                headers[name] = value;
        }

        // RFC 6797 §7.2: not over a transport that is not secure. A proxy that ends TLS before Headgate sends the field itself.
        if (_strictTransport is not null && context.Request.Scheme == "https" && headers.StrictTransportSecurity.Count == 0)
            headers.StrictTransportSecurity = _strictTransport;
        return ValueTask.CompletedTask;
    }
}
