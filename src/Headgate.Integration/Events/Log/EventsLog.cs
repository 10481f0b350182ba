using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Log;

/// <summary>Log messages of the event log. Event ids 4000–4009 and 4050–4059.</summary>
internal static partial class EventsLog
{
    [LoggerMessage(4000, LogLevel.Warning, "Those who wait for events are not told of them: {Problem}")]
    public static partial void NoneTold(ILogger logger, string problem);

    [LoggerMessage(4001, LogLevel.Information, "Those who wait for events are told of them again")]
    public static partial void ToldAgain(ILogger logger);

    [LoggerMessage(4002, LogLevel.Information, "{Count} events were deleted: too old, or the log too large")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(4003, LogLevel.Warning, "{Count} dead letters were deleted with the events that they speak of")]
    public static partial void LettersSwept(ILogger logger, int count);

    [LoggerMessage(4004, LogLevel.Warning, "Old events cannot be deleted: {Problem}")]
    public static partial void SweepFailed(ILogger logger, string problem);

    [LoggerMessage(4005, LogLevel.Warning, "What is appended gets no offset and cannot be read yet: {Problem}")]
    public static partial void NoneSequenced(ILogger logger, string problem);

    [LoggerMessage(4006, LogLevel.Information, "What is appended gets its offset again")]
    public static partial void SequencedAgain(ILogger logger);

    [LoggerMessage(4050, LogLevel.Warning, "What other instances append is looked for every {Pause}, since their word does not come: {Problem}")]
    public static partial void NotTold(ILogger logger, TimeSpan pause, string problem);
}
