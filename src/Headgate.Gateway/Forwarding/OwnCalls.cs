using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>Tells of the calls to services that are part of no client's request: the steps of sagas, and what is renewed in the cache. Thread-safe.</summary>
internal sealed class OwnCalls
{
    private Action<GatewayContext, long>? _counter;

    /// <summary>Says who counts them: it is told the request that was made, and the timestamp of its end.</summary>
    public void CountedBy(Action<GatewayContext, long> counter) => Volatile.Write(ref _counter, counter);

    /// <summary>One has ended: its answer has come, or broken off.</summary>
    /// <param name="call">The request that was made, of one service or of several in parts. Nothing is counted where no instance was called.</param>
    public static void Ended(GatewayContext call)
    {
        Tell(call, call.Clock.GetTimestamp());
        if (call.AskedParts is not { } parts)
            return;
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].IsCalled)
                Tell(parts[i].Context, parts[i].EndedAt);
        }
    }

    private static void Tell(GatewayContext call, long endedAt)
    {
        if (call.Instance?.OwnCalls is { } calls)
            Volatile.Read(ref calls._counter)?.Invoke(call, endedAt);
    }
}
