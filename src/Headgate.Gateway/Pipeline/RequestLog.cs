using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Pipeline;

/// <summary>Log messages of the request runner. Event ids 1000–1099.</summary>
internal static partial class RequestLog
{
    [LoggerMessage(1000, LogLevel.Error, "Request {RequestId} to {Operation} failed inside the gateway")]
    public static partial void Failed(ILogger logger, Exception exception, string requestId, string operation);
}
