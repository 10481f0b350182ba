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

    /// <summary>The answer: what the document says, else the answer of the first step that created something, with where that is (RFC 9110 §15.3.2), else of the last.</summary>
    public OperationResult ResultOf(BoundCalls calls, SagaState state)
    {
        SagaResponsePlan? response = calls.Saga.Plan.Response;
        int taken = FirstCreated(state) is >= 0 and var created ? created : state.Answers.Count - 1;
        int status = response?.Status ?? (state.Answers[taken].Status == StatusCodes.Status201Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        ReadOnlyMemory<byte> body = response is null ? state.Answers[taken].Body : response.Body.ToJson(calls.Context);
        state.AnswerFields = response is not null ? FieldsOf(response, calls.Context) : state.Answers[taken].Location is { } location ? [new("Location", location)] : [];
        if (body.Length <= OperationBounds.MostResultBytes)
            return new OperationResult(status, body.IsEmpty ? null : Json, body.ToArray());

        // It is done whatever its answer would be.
        SagaLog.AnswerTooLarge(logger, calls.Saga.Plan.Operation, body.Length);
        return new OperationResult(status, null, []);
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
