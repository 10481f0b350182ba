namespace Headgate.Server.Admin;

/// <summary>Log messages of the admin API. Event ids 3100–3149.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(3100, LogLevel.Error, "The admin API failed at {Method} {Path}")]
    public static partial void Failed(ILogger logger, string method, string path, Exception exception);
}
