using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Outbound;

/// <summary>A call that waits for its turn. Used once. Thread-safe.</summary>
internal sealed class OutboundWaiter : IClientAbortListener
{
    private readonly OutboundTurns _turns;
    private readonly TaskCompletionSource<TimeSpan?> _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutboundWaiter(OutboundTurns turns)
    {
        _turns = turns;
        Node = new LinkedListNode<OutboundWaiter>(this);
    }

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<OutboundWaiter> Node { get; }

    public Task<TimeSpan?> Task => _turn.Task;

    public void Complete(TimeSpan? turn) => _turn.TrySetResult(turn);

    public void OnClientGone(GatewayContext context) => _turns.Abandon(this);
}
