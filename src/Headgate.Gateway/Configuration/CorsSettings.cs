using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>Which web pages of other origins may call (Fetch standard, "CORS protocol").</summary>
public sealed record CorsSettings
{
    /// <summary>The origins that may call.</summary>
    [Setting("The origins that may call: `https://app.example`, `https://*.example`, or `*` for any.", Aliases = ["allowOrigins"], Format = SettingFormat.Origin, AllowSingle = true, Count = "1..1000")]
    [Shorthand]
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>The methods; null for those that the document declares for the path.</summary>
    [Setting("The methods that may be used.", Aliases = ["allowMethods"], Format = SettingFormat.Method, Default = "those that the document declares for the path")]
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The request headers that a page may set.</summary>
    [Setting("The request headers that a page may set.", Aliases = ["allowHeaders"], Format = SettingFormat.HeaderName)]
    public IReadOnlyList<string> Headers { get; init; } =
        ["Accept", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Correlation-ID", "X-Request-ID"];

    /// <summary>The response headers that a page may read.</summary>
    [Setting("The response headers that a page may read.", Format = SettingFormat.HeaderName)]
    public IReadOnlyList<string> ExposeHeaders { get; init; } = ["ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"];

    /// <summary>Whether a page may send cookies.</summary>
    [Setting("Whether a page may send cookies and client certificates. Not together with the origin `*`.", Aliases = ["allowCredentials"])]
    public bool Credentials { get; init; }

    /// <summary>How long a browser may remember the answer.</summary>
    [Setting("How long a browser may remember the answer to a preflight request.", Range = "0s..24h")]
    public Duration MaxAge { get; init; } = Duration.FromSeconds(600);

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
