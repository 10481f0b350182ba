using Headgate.Gateway.Calls;
using Headgate.Integration.Sagas.Progress;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Sagas.Calls;

/// <summary>Says what a service's answer means for a step. Stateless.</summary>
internal static class StepJudgement
{
    private const int TooEarly = 425;

    /// <summary>What an answer means.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="mayHaveArrived">Whether the service may have received the same call before.</param>
    public static StepOutcome Of(ServiceAnswer answer, bool mayHaveArrived)
    {
        if (answer.IsImpossible)
            return StepOutcome.NotCalled; // Nor was it before: it is made of what was kept, which is the same.
        StepOutcome notDone = mayHaveArrived ? StepOutcome.Unknown : StepOutcome.NotCalled;
        if (answer.Failure is not null)
            return answer.MayHaveArrived ? StepOutcome.Unknown : notDone;
        return answer.Status switch
        {
            >= 200 and < 300 => StepOutcome.Done,

            // RFC 8470 §5.2, RFC 6585 §4: the request was not processed.
            TooEarly or StatusCodes.Status429TooManyRequests => notDone,
            StatusCodes.Status408RequestTimeout => StepOutcome.Unknown,

            // The same call is under way: the service says when it will know.
            StatusCodes.Status409Conflict when answer.RetryAfter is not null => StepOutcome.Unknown,
            >= 500 => StepOutcome.Unknown,
            _ => StepOutcome.Refused,
        };
    }

    /// <summary>What came of a call, in a word, for people.</summary>
    public static string Describe(ServiceAnswer answer) => answer.Failure is { } failure ? failure.Detail : $"It answered with status {answer.Status}.";
}
