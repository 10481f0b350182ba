using Headgate.Integration.Operations;

namespace Headgate.Integration.Tests.Operations;

/// <summary>A kind whose operations need attention at once, and which keeps one byte of those that are resolved.</summary>
internal sealed class ForgetfulKind : OperationKind
{
    public override string Name => TestKind.DefaultName;

    public override Task RunAsync(OperationRun run, CancellationToken stopped) =>
        run.SaveAsync(new OperationChange { End = OperationState.Failed, Attention = "Somebody has to see to it.", Data = [1, 2, 3] }, stopped);

    public override byte[] KeptOfResolved(OperationRecord record) => [7];
}
