using Headgate.Gateway.Pipeline;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Operations.Api;
using Headgate.Integration.Sagas.State;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Sagas;

/// <summary>Answers a client with what a saga has come to, or with the operation that it is. Stateless.</summary>
internal static class SagaReply
{
    /// <summary>Makes it the answer.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="record">The saga.</param>
    /// <param name="isRepetition">Whether an earlier request began it.</param>
    public static void Give(GatewayContext context, OperationRecord record, bool isRepetition)
    {
        IHeaderDictionary headers = context.Response.Headers;
        if (isRepetition)
            headers[KeptAnswer.ReplayedHeader] = "true";
        SagaState? state = SagaStateFormat.Look(record.Data);
        if (record is { State: OperationState.Succeeded, Result: { } result })
        {
            TellWhere(context, record);
            GiveFields(context, state);
            GiveResult(context, result);
        }
        else if (state is { Failure: { } failure } && (record is { HasEnded: true, Attention: null } || state.Progress.HasTurnedBack))
        {
            // That it fails is certain, whether or not all is undone by now: a last step or a pivot that is not settled may have been done, and then it succeeds after all, be it when somebody retries it.
            TellWhere(context, record);
            GiveFields(context, state);
            failure.GiveTo(context);
        }
        else
        {
            OperationAccepted.Write(context, record);
        }
    }

    private static void TellWhere(GatewayContext context, OperationRecord record)
    {
        if (OperationsMount.PathOf(context.Plan, record.Api, record.Id) is { } path)
            context.Response.Headers["Operation-Location"] = path;
    }

    // Of a saga that succeeded; one that failed has none.
    private static void GiveFields(GatewayContext context, SagaState? state)
    {
        foreach ((string name, string value) in state?.AnswerFields ?? [])
            context.Response.Headers[name] = value;
    }

    private static void GiveResult(GatewayContext context, OperationResult result)
    {
        ClientResponse response = context.Response;
        response.StatusCode = result.Status;
        if (result.MediaType is null)
            return;
        response.Headers.ContentType = result.MediaType;
        response.Headers.ContentLength = result.Body.Length;
        response.Body = new BytesBody(result.Body);
    }
}
