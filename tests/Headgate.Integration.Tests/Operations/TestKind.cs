using Headgate.Integration.Operations;

namespace Headgate.Integration.Tests.Operations;

/// <summary>A kind whose operations do what the test says.</summary>
internal sealed class TestKind(string name, Func<OperationRun, CancellationToken, Task> body) : OperationKind
{
    public const string DefaultName = "test";

    public override string Name => name;

    /// <summary>Waits until it is to let go.</summary>
    public static Task WaitAsync(OperationRun run, CancellationToken stopped) => Task.Delay(Timeout.Infinite, stopped);

    /// <summary>Waits until somebody asks for its end, and ends.</summary>
    public static async Task WaitForCancelAsync(OperationRun run, CancellationToken stopped)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(run.CancelRequested, stopped);
        await Task.Delay(Timeout.Infinite, both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopped.ThrowIfCancellationRequested();
        await run.SaveAsync(new OperationChange { End = OperationState.Cancelled }, stopped);
    }

    /// <summary>Succeeds at once.</summary>
    public static Task SucceedAsync(OperationRun run, CancellationToken stopped) => run.SaveAsync(new OperationChange { End = OperationState.Succeeded }, stopped);

    public override Task RunAsync(OperationRun run, CancellationToken stopped) => body(run, stopped);
}
