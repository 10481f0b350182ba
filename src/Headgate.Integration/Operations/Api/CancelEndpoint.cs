using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Integration.Operations.Api;

/// <summary><c>POST /api/v1/operations/{id}/cancel</c>. Thread-safe.</summary>
internal sealed class CancelEndpoint(OperationRegistry operations, OperationAccess access)
{
    private static readonly GatewayFailure s_forbidden = new(ErrorCatalogue.PermissionMissing, $"The caller lacks {OperationAccess.CancelPermission}: the operation is somebody else's.");

    public async ValueTask AnswerAsync(GatewayContext context)
    {
        if (await access.FindAsync(context) is not { } record)
            return;
        if (!access.MayCancel(context, record))
            context.Fail(s_forbidden);
        else if (await operations.CancelAsync(record.Id, context.RequestAborted) is { } cancelling)
            OperationAnswer.Write(context, 202, cancelling);
        else
            AnswerEnded(context, await operations.FindAsync(record.Id, context.RequestAborted) ?? record);
    }

    // Who asks twice is told the same.
    private static void AnswerEnded(GatewayContext context, OperationRecord record)
    {
        if (record.State == OperationState.Cancelled)
            OperationAnswer.Write(context, 200, record);
        else
            context.Fail(new GatewayFailure(OperationErrors.Ended, $"The operation has {record.State.ToName()}: there is nothing left to cancel."));
    }
}
