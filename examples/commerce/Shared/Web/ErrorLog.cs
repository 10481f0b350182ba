namespace Commerce.Shared.Web;

internal static partial class ErrorLog
{
    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    public static partial void Unhandled(ILogger logger, Exception error, string method, PathString path);
}
