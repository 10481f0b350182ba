using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Documents;

/// <summary>Log messages of loading and reloading. Event ids 2000–2099.</summary>
internal static partial class DocumentsLog
{
    [LoggerMessage(2000, LogLevel.Information, "Reloaded by {Trigger} in {Milliseconds} ms {Result}; plan {Generation} is in force")]
    public static partial void Reloaded(ILogger logger, string trigger, long milliseconds, int generation, string result);

    [LoggerMessage(2001, LogLevel.Error, "{Document} has errors: {State}")]
    public static partial void DocumentBroken(ILogger logger, string document, string state);

    [LoggerMessage(2002, LogLevel.Warning, "{Finding}")]
    public static partial void Finding(ILogger logger, Diagnostic finding);

    [LoggerMessage(2003, LogLevel.Warning, "Changes in {Directory} are not reported by the operating system ({Reason}); files are compared every {Interval} instead")]
    public static partial void WatchingFailed(ILogger logger, string directory, string reason, TimeSpan interval);

    [LoggerMessage(2004, LogLevel.Error, "Watching the documents failed once and goes on")]
    public static partial void WatchFailed(ILogger logger, Exception exception);
}
