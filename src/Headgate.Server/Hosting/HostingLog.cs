namespace Headgate.Server.Hosting;

/// <summary>Log messages of the process and its listeners. Event ids 2100–2199.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(2100, LogLevel.Information, "The certificate {File} was renewed")]
    public static partial void CertificateRenewed(ILogger logger, string file);

    [LoggerMessage(2101, LogLevel.Error, "The certificate {File} changed and cannot be used ({Reason}); the one before stays in use")]
    public static partial void CertificateUnusable(ILogger logger, string file, string reason);

    [LoggerMessage(2102, LogLevel.Information, "Draining: finishing requests for at most {DrainTimeout}")]
    public static partial void Draining(ILogger logger, TimeSpan drainTimeout);

    [LoggerMessage(2103, LogLevel.Warning, "The drain timeout is over: what was still under way is broken off")]
    public static partial void DrainTimedOut(ILogger logger);

    [LoggerMessage(2104, LogLevel.Error, "A reload failed inside the program; the plan in force stays")]
    public static partial void ReloadFailed(ILogger logger, Exception exception);
}
