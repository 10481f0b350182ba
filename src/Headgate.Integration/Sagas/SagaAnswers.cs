using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Calls;
using Headgate.Integration.Sagas.State;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Sagas;

/// <summary>Makes the answers of sagas that succeeded. Stateless, thread-safe.</summary>
internal sealed class SagaAnswers(ILogger logger)
{
    /// <summary>The most characters of a header field that is made of values; a longer one is left out.</summary>
    public const int MostFieldChars = 4096;

    private const string Json = "application/json";
    private const string Location = "Location";

    /// <summary>
    /// The answer: what the document says, else the answer of the first step that created something, with where that is (RFC 9110 §15.3.2), else of the last. It has its fields, and where it cannot
    /// be given the error that says so, in the state.
    /// </summary>
    /// <returns>Null where it is too large, or made of what was too large to be kept.</returns>
    public OperationResult? ResultOf(BoundCalls calls, SagaState state)
    {
        SagaResponsePlan? response = calls.Saga.Plan.Response;
        int taken = FirstCreated(state) is >= 0 and var created ? created : state.Answers.Count - 1;
        int status = response?.Status ?? (state.Answers[taken].Status == StatusCodes.Status201Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        string? location = state.Answers[taken].Location;
        state.AnswerFields = response is not null ? FieldsOf(response, calls.Context) : location is null ? [] : [new(Location, location)];
        bool isWhole = response is null ? !state.Answers[taken].IsLost : !response.Reads.Any(step => state.Answers[step].IsLost);
        ReadOnlyMemory<byte> body = !isWhole ? default : response is null ? state.Answers[taken].Body : response.Body.ToJson(calls.Context);
        state.Failure = null;
        if (isWhole && body.Length <= OperationBounds.MostResultBytes)
            return new OperationResult(status, body.IsEmpty ? null : Json, body.ToArray());
        SagaLog.AnswerTooLarge(logger, calls.Saga.Plan.Operation);
        TellWhere(state, status, location);
        return null;
    }

    // It is done whatever its answer would be; never a part of that as if it were the whole.
    private static void TellWhere(SagaState state, int status, string? made)
    {
        string? location = state.AnswerFields.FirstOrDefault(field => field.Key.Equals(Location, StringComparison.OrdinalIgnoreCase)).Value ?? made;
        state.AnswerFields = location is null ? [] : [new(Location, location)];
        state.Failure = SagaFailure.Of(new GatewayFailure(
            SagaErrors.AnswerTooLarge, $"It is done, and would be answered with {status}; that answer is too large to be kept.{(location is null ? "" : $" What came of it is at {location}.")}"));
    }

    private static int FirstCreated(SagaState state)
    {
        for (int i = 0; i < state.Answers.Count; i++)
        {
            if (state.Answers[i].Status == StatusCodes.Status201Created)
                return i;
        }

        return -1;
    }

    private static List<KeyValuePair<string, string>> FieldsOf(SagaResponsePlan response, GatewayContext context)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach ((string name, RequestValue value) in response.Headers)
        {
            // What a service answered is no header field until it is one: RFC 9110 §5.5.
            if (value.ToText(context) is { Length: > 0 and <= MostFieldChars } text && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                fields.Add(new(name, text));
        }

        return fields;
    }
}
