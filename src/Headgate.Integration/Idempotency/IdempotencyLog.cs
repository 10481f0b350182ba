using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Idempotency;

/// <summary>Log messages of idempotency keys. Event ids 4100 to 4129.</summary>
internal static partial class IdempotencyLog
{
    [LoggerMessage(4100, LogLevel.Warning, "Idempotency keys whose time is over are not forgotten: {Reason}")]
    public static partial void NotSwept(ILogger logger, string reason);

    [LoggerMessage(4101, LogLevel.Error, "The answer to request {RequestId} of {Operation} is not kept for its idempotency key: {Reason}")]
    public static partial void NotKept(ILogger logger, string requestId, string operation, string reason);

    [LoggerMessage(4110, LogLevel.Error, "Request {RequestId} of {Operation} took longer than the {Time} for which it had its idempotency key: another took its place, and may have carried it out once more")]
    public static partial void TakenOver(ILogger logger, string requestId, string operation, TimeSpan time);

    [LoggerMessage(4102, LogLevel.Error, "The idempotency key of request {RequestId} of {Operation} stays claimed until its time is over: {Reason}")]
    public static partial void NotReleased(ILogger logger, string requestId, string operation, string reason);
}
