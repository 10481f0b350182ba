using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>Whether requests are logged, and what is left out.</summary>
public sealed record AccessLogSettings
{
    /// <summary>Whether requests are logged.</summary>
    [Setting("Whether requests are logged.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>The query parameters whose values are left out, beside those that always are.</summary>
    [Setting("Query parameters whose values are left out of logs and traces, beside those that always are (`docs/reference/access-log.md`).", Default = "none")]
    public IReadOnlyList<string> RedactQuery { get; init; } = [];
}
