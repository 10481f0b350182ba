using Headgate.Gateway.Telemetry.AccessLog;

namespace Headgate.Server.Settings;

/// <summary>Where the access log goes and how it looks.</summary>
/// <param name="Format">The form of a line.</param>
/// <param name="Path">The file; null for standard output.</param>
internal sealed record AccessLogTarget(AccessLogFormat Format, string? Path)
{
    /// <summary>No access log.</summary>
    public static AccessLogTarget Off { get; } = new(AccessLogFormat.Off, null);
}
