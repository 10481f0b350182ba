using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>Log messages of the access log's writer. Event ids 1100–1119.</summary>
internal static partial class AccessLogMessages
{
    [LoggerMessage(1100, LogLevel.Warning, "{Lines} lines of the access log were dropped since the last such message: the writer does not keep up")]
    public static partial void Dropped(ILogger logger, long lines);

    [LoggerMessage(1101, LogLevel.Error, "The access log cannot be written to {Path}; its lines are dropped until it can")]
    public static partial void CannotWrite(ILogger logger, Exception exception, string path);
}
