namespace Commerce.Shared.Events;

internal static partial class EventsLog
{
    [LoggerMessage(EventId = 9401, Level = LogLevel.Warning, Message = "The event log does not take events now ({Reason}); they wait in the outbox")]
    public static partial void Waiting(ILogger logger, string reason);

    [LoggerMessage(EventId = 9402, Level = LogLevel.Error, Message = "The event log refused {Type} {EventId} for good ({Reason}); it is set aside in the outbox, and what comes after it goes on")]
    public static partial void SetAside(ILogger logger, string type, string eventId, string reason);

    [LoggerMessage(EventId = 9403, Level = LogLevel.Warning, Message = "{Consumer} cannot read the event log now ({Reason}); it goes on after offset {Position} later")]
    public static partial void CannotRead(ILogger logger, string consumer, string reason, long position);

    [LoggerMessage(EventId = 9404, Level = LogLevel.Error, Message = "{Consumer} has read up to offset {Position}, and the log had deleted what came after it: it has missed events")]
    public static partial void Missed(ILogger logger, string consumer, long position);

    [LoggerMessage(EventId = 9405, Level = LogLevel.Error, Message = "{Consumer} could not take what came after offset {Position}; it tries again")]
    public static partial void Failed(ILogger logger, Exception error, string consumer, long position);
}
