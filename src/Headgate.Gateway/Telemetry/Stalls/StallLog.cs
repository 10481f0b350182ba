using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry.Stalls;

/// <summary>Log messages of the stall watch. Event ids 1120–1139.</summary>
internal static partial class StallLog
{
    [LoggerMessage(1120, LogLevel.Warning, "A request to {Operation} has held its event thread for {Milliseconds} ms: something in its pipeline blocks or computes too long")]
    public static partial void Stalled(ILogger logger, string operation, double milliseconds);
}
