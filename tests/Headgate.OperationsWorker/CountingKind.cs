using System.Globalization;
using Headgate.Integration.Operations;

namespace Headgate.OperationsWorker;

/// <summary>Counts to <see cref="Steps"/>, saves each step, and takes its time for it.</summary>
internal sealed class CountingKind : OperationKind
{
    public const string KindName = "count";

    // The tests know it too.
    private const int Steps = 8;

    public override string Name => KindName;

    public override async Task RunAsync(OperationRun run, CancellationToken stopped)
    {
        for (int step = run.Record.Data[0]; step < Steps; step++)
        {
            await Task.Delay(Random.Shared.Next(1, 120), stopped);
            await run.SaveAsync(new OperationChange { Data = [(byte)(step + 1)], Progress = step * 10, Facts = [new("step", step.ToString(CultureInfo.InvariantCulture))] }, stopped);
        }

        await run.SaveAsync(new OperationChange { End = OperationState.Succeeded }, stopped);
    }
}
