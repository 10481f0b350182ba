using Headgate.Gateway.Errors;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Sagas;

/// <summary>Sagas as operations: carries out what is left of one, from what was kept of it. Thread-safe.</summary>
internal sealed class SagaKind(SagaServices services) : OperationKind
{
    /// <summary>The kind's name.</summary>
    public const string KindName = "saga";

    private long _bytesUnderWay;

    /// <summary>Whether there is memory for one more. What others have left is taken all the same: it began once, where there was.</summary>
    public bool HasRoom => Interlocked.Read(ref _bytesUnderWay) < SagaBounds.MostBytesUnderWay;

    public override string Name => KindName;

    public override IReadOnlyList<string> Describe(OperationRecord record) => SagaStateFormat.Look(record.Data) is { } state ? SagaDescription.Of(state, services.Definitions.Find(record.Version)?.Plan) : [];

    public override byte[] KeptOfResolved(OperationRecord record) => SagaStateFormat.Look(record.Data) is { } state ? SagaStateFormat.Write(state.AtItsEnd()) : record.Data;

    public override async Task RunAsync(OperationRun run, CancellationToken stopped)
    {
        int bytes = run.Record.Data.Length;
        Interlocked.Add(ref _bytesUnderWay, bytes);
        try
        {
            await GoOnAsync(run, stopped);
        }
        finally
        {
            Interlocked.Add(ref _bytesUnderWay, -bytes);
        }
    }

    private async Task GoOnAsync(OperationRun run, CancellationToken stopped)
    {
        try
        {
            BoundSaga saga = await services.Definitions.FindAsync(run.Record.Version, stopped);
            SagaState state = SagaStateFormat.Read(run.Record.Data, saga.Plan.Shape);
            if (!run.IsFresh)
                SagaLog.GoesOn(services.Logger, run.Record.Id, run.Record.Name, run.Record.Message ?? "");
            await new SagaRun(run, state, services, stopped).RunAsync();
        }
        catch (SagaGoneException gone)
        {
            SagaLog.NeedsAttention(services.Logger, run.Record.Id, run.Record.Name, gone.Message);
            await run.SaveAsync(
                new OperationChange { End = OperationState.Failed, Attention = gone.Message, Error = new OperationError(ErrorCatalogue.InternalError.Code, gone.Message) },
                CancellationToken.None);
            services.Meter.Ended(run.Record.Api, run.Record.Name, "needs_attention");
        }
    }
}
