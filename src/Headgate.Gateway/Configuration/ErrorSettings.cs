using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>How errors are written.</summary>
public sealed record ErrorSettings
{
    /// <summary>The form of Headgate's own errors.</summary>
    [Setting("The form of Headgate's own errors: `problem` is RFC 9457 problem details.")]
    [Shorthand]
    public ErrorDialectName Dialect { get; init; }

    /// <summary>What becomes of the errors of upstreams.</summary>
    [Setting("What becomes of the error bodies of upstreams: passed on as they are, or turned into the dialect.")]
    public UpstreamErrors Upstream { get; init; }
}
