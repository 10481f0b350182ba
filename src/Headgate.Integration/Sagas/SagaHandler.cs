using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.State;
using Headgate.Storage;

namespace Headgate.Integration.Sagas;

/// <summary>
/// Begins a saga, durably, and waits for it as long as the document says: then the client has its answer, or an operation to ask. The saga goes on without the client, and without this process.
/// </summary>
internal sealed class SagaHandler(SagaPlan plan, SagaRegistry sagas) : GatewayHandler
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The saga.</summary>
    public SagaPlan Plan => plan;

    public override string Name => "saga";

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("saga", plan.Declared);

    public override string Describe()
    {
        IEnumerable<string> steps = plan.Steps.Select((step, at) => $"{step.Name}: {step.Call}{(step.Undo is { } undo ? $", undone by {undo}" : "")}{(at == plan.Shape.Pivot ? ", the pivot" : "")}");
        return $"{string.Join("; ", steps)}; undone after {plan.Timeout.TotalSeconds:0.###} s, the client waits {plan.Wait.TotalSeconds:0.###} s";
    }

    public override GatewayFailure? Foresee(GatewayContext context) => plan.Idempotency is { } idempotency ? KeyedRequest.ReadKey(idempotency, context, out _) : null;

    public override async ValueTask HandleAsync(GatewayContext context)
    {
        string? key = null;
        if (plan.Idempotency is { } idempotency && KeyedRequest.ReadKey(idempotency, context, out key) is { } refusal)
        {
            context.Fail(refusal);
            return;
        }

        if (await RequestBodyReader.ReadAsync(context, SagaBounds.MostBodyBytes, "A body of this operation") is not { } body)
            return;

        try
        {
            await ServeAsync(context, body, key);
        }
        catch (StoreException exception) when (exception.Problem.Kind is not (StoreErrorKind.Statement or StoreErrorKind.Constraint))
        {
            // The store's own log has the reason, which is not for clients.
            string told = exception.OutcomeUnknown ? "It is not known whether anything was begun." : "Nothing was done.";
            context.Fail(new GatewayFailure(ErrorCatalogue.StoreUnavailable, $"What is to be done cannot be kept at the moment. {told}") { RetryAfter = s_retryAfter });
        }
    }

    private async Task ServeAsync(GatewayContext context, ReadOnlyMemory<byte> body, string? key)
    {
        SagaStart start = await sagas.StartAsync(plan, context, body, key, CancellationToken.None);
        if (start.Refusal is { } refusal)
        {
            context.Fail(refusal);
            return;
        }

        OperationRecord record = await sagas.WaitAsync(start, plan.Wait, context.RequestAborted);
        SagaReply.Give(context, record, start.IsRepetition);
    }
}
