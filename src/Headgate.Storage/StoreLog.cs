namespace Headgate.Storage;

/// <summary>Log messages of stores. Event ids 3000–3099.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(3000, LogLevel.Error, "{Problem}")]
    public static partial void Unhealthy(ILogger logger, StoreProblem problem);

    [LoggerMessage(3001, LogLevel.Information, "The store {Place} can be used again, after {Duration}")]
    public static partial void Recovered(ILogger logger, string place, TimeSpan duration);

    [LoggerMessage(3002, LogLevel.Warning, "The database server of the store {Place} runs with fsync off: what is acknowledged may not survive a power cut")]
    public static partial void NotDurable(ILogger logger, string place);

    [LoggerMessage(3003, LogLevel.Error, "A fault inside the program while it looked after the store {Place}")]
    public static partial void WatchFailed(ILogger logger, string place, Exception exception);
}
