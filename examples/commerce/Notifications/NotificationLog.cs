namespace Commerce.Notifications;

internal static partial class NotificationLog
{
    [LoggerMessage(EventId = 9601, Level = LogLevel.Warning, Message = "Nobody is written to about {Type} {EventId}: it names no user that exists, or is not understood")]
    public static partial void NobodyToTell(ILogger logger, string type, string eventId);

    [LoggerMessage(EventId = 9602, Level = LogLevel.Warning, Message = "Message {NotificationId} about {Type} {EventId} is given up after {Attempts} attempts")]
    public static partial void GivenUp(ILogger logger, Exception error, string notificationId, string type, string eventId, int attempts);
}
