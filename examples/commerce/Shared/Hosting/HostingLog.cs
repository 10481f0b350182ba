namespace Commerce.Shared.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(EventId = 9501, Level = LogLevel.Error, Message = "Work in the background failed; it begins again")]
    public static partial void BackgroundFailed(ILogger logger, Exception error);
}
