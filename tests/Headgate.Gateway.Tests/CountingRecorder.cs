using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Tests;

/// <summary>Counts the requests that are under way.</summary>
internal sealed class CountingRecorder : RequestRecorder
{
    private int _inFlight;

    public int InFlight => Volatile.Read(ref _inFlight);

    public override void OnStarted(GatewayContext context) => Interlocked.Increment(ref _inFlight);

    public override void OnEnded(GatewayContext context, long endedAt) => Interlocked.Decrement(ref _inFlight);
}
