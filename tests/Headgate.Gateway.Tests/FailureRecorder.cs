using System.Collections.Concurrent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;

namespace Headgate.Gateway.Tests;

/// <summary>Keeps the names of the errors with which requests ended.</summary>
internal sealed class FailureRecorder : RequestRecorder
{
    public ConcurrentQueue<string> Names { get; } = new();

    public override void OnEnded(GatewayContext context, long endedAt)
    {
        if (context.Failure is { } failure)
            Names.Enqueue(failure.Kind.Name);
    }
}
