using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Operations;

/// <summary>Log messages of operations. Event ids 4200–4219.</summary>
internal static partial class OperationLog
{
    [LoggerMessage(4200, LogLevel.Error, "The operation {Id} ({Kind}) failed unexpectedly, {Failures} times so far; it is run again in {Delay}")]
    public static partial void Failed(ILogger logger, string id, string kind, int failures, TimeSpan delay, Exception exception);

    [LoggerMessage(4201, LogLevel.Error, "The operation {Id} ({Kind}) is given up: {Reason}")]
    public static partial void GivenUp(ILogger logger, string id, string kind, string reason);

    [LoggerMessage(4202, LogLevel.Information, "The operation {Id} ({Kind}) is no longer this instance's")]
    public static partial void Lost(ILogger logger, string id, string kind);

    [LoggerMessage(4203, LogLevel.Information, "Goes on with {Count} operations that nobody was at")]
    public static partial void TakenOver(ILogger logger, int count);

    [LoggerMessage(4204, LogLevel.Warning, "This instance could not show for {Duration} that it lives, or another has found it dead: it lets go of its {Count} operations")]
    public static partial void TermOver(ILogger logger, TimeSpan duration, int count);

    [LoggerMessage(4205, LogLevel.Warning, "Operations cannot be looked after: {Problem}")]
    public static partial void Trouble(ILogger logger, string problem);

    [LoggerMessage(4206, LogLevel.Information, "Operations are looked after again")]
    public static partial void Recovered(ILogger logger);

    [LoggerMessage(4207, LogLevel.Warning, "The operation {Id} ({Kind}) waits for the store: {Problem}")]
    public static partial void Waits(ILogger logger, string id, string kind, string problem);

    [LoggerMessage(4208, LogLevel.Warning, "{Count} operations did not let go within {Duration}: other instances wait until the lease of this one is over")]
    public static partial void NotHandedBack(ILogger logger, int count, TimeSpan duration);

    [LoggerMessage(4209, LogLevel.Information, "The operation {Id} ({Kind}) that needed attention is retried")]
    public static partial void Retried(ILogger logger, string id, string kind);

    [LoggerMessage(4210, LogLevel.Information, "The operation {Id} ({Kind}) that needed attention is resolved: {Note}")]
    public static partial void Resolved(ILogger logger, string id, string kind, string note);

    [LoggerMessage(4211, LogLevel.Information, "{Count} operations were deleted: ended too long ago, or too many")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(4213, LogLevel.Error, "The operation {Id} ({Kind}) failed unexpectedly when it was to stop; another instance goes on with it")]
    public static partial void BrokeStopping(ILogger logger, string id, string kind, Exception exception);

    [LoggerMessage(4212, LogLevel.Warning, "Old operations cannot be deleted: {Problem}")]
    public static partial void SweepFailed(ILogger logger, string problem);
}
