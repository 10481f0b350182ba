using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Sockets;

/// <summary>Log messages of the event loops. Event ids 1300–1399.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(1300, LogLevel.Critical, "A connection was closed because its handling failed inside the gateway")]
    public static partial void OwnerFailed(ILogger logger, Exception exception);

    [LoggerMessage(1301, LogLevel.Warning, "A connection could not be accepted: {Reason}")]
    public static partial void NotAccepted(ILogger logger, System.Net.Sockets.SocketError reason);
}
