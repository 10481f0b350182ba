using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Progress;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Sagas;

/// <summary>Log messages of sagas. Event ids 4250–4299.</summary>
internal static partial class SagaLog
{
    [LoggerMessage(4250, LogLevel.Debug, "The step {Step} of the saga {Id} ended: {Outcome}, status {Status}")]
    public static partial void StepEnded(ILogger logger, string id, string step, StepOutcome outcome, int status);

    [LoggerMessage(4251, LogLevel.Information, "The step {Step} of the saga {Id} is undone, status {Status}")]
    public static partial void StepUndone(ILogger logger, string id, string step, int status);

    [LoggerMessage(4252, LogLevel.Information, "The saga {Id} ({Operation}) goes back: {Reason}")]
    public static partial void SentBack(ILogger logger, string id, string operation, string reason);

    [LoggerMessage(4253, LogLevel.Warning, "The saga {Id} ({Operation}) needs attention: {Reason}")]
    public static partial void NeedsAttention(ILogger logger, string id, string operation, string reason);

    [LoggerMessage(4254, LogLevel.Debug, "The saga {Id} ({Operation}) is {End}: {Reason}")]
    public static partial void Ended(ILogger logger, string id, string operation, OperationState end, string reason);

    [LoggerMessage(4255, LogLevel.Information, "Goes on with the saga {Id} ({Operation}): {Position}")]
    public static partial void GoesOn(ILogger logger, string id, string operation, string position);

    [LoggerMessage(4256, LogLevel.Warning, "The answer of a saga of {Operation} is larger than what is kept: its client is told so")]
    public static partial void AnswerTooLarge(ILogger logger, string operation);

    [LoggerMessage(4257, LogLevel.Warning, "Definitions of sagas cannot be swept: {Problem}")]
    public static partial void NotSwept(ILogger logger, string problem);
}
