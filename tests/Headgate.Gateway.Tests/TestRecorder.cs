using System.Collections.Concurrent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Tests;

/// <summary>Counts the requests that are under way, and keeps the names of the errors with which requests ended.</summary>
internal sealed class TestRecorder : RequestRecorder
{
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public ConcurrentQueue<string> Failures { get; } = new();

    public override void OnStarted(GatewayContext context) => Interlocked.Increment(ref _inFlight);

    public override void OnEnded(GatewayContext context, long endedAt)
    {
        if (context.Failure is { } failure)
            Failures.Enqueue(failure.Kind.Name);
        Interlocked.Decrement(ref _inFlight);
    }
}
