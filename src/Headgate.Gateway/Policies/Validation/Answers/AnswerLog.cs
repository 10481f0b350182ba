using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>Log messages of the checks of answers. Event ids 2170–2179. Nothing of an answer is written but its status, and names that the document has.</summary>
internal static partial class AnswerLog
{
    [LoggerMessage(2170, LogLevel.Warning, "Answer {Status} of {Operation} to request {RequestId} breaks the document ({Fault}): {Place} {Detail}")]
    public static partial void Broken(ILogger logger, int status, string operation, string requestId, string fault, string place, string detail);

    [LoggerMessage(2171, LogLevel.Warning, "{Count} more answers broke their documents in that second")]
    public static partial void MoreBroken(ILogger logger, long count);
}
