using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Idempotency;

/// <summary>Log messages of idempotency keys. Event ids 4100 to 4109.</summary>
internal static partial class IdempotencyLog
{
    [LoggerMessage(4100, LogLevel.Warning, "Idempotency keys whose time is over are not forgotten: {Reason}")]
    public static partial void NotSwept(ILogger logger, string reason);

    [LoggerMessage(4101, LogLevel.Error, "The answer to request {RequestId} of {Operation} is not kept for its idempotency key: {Reason}")]
    public static partial void NotKept(ILogger logger, string requestId, string operation, string reason);

    [LoggerMessage(4102, LogLevel.Error, "The idempotency key of request {RequestId} of {Operation} stays claimed until its time is over: {Reason}")]
    public static partial void NotReleased(ILogger logger, string requestId, string operation, string reason);
}
