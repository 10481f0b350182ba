using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Bulkhead;

/// <summary>A call that waits for a place. Used once. Thread-safe.</summary>
internal sealed class BulkheadWaiter : IClientAbortListener
{
    private readonly BulkheadState _state;
    private readonly TaskCompletionSource<bool> _place = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BulkheadWaiter(BulkheadState state)
    {
        _state = state;
        Node = new LinkedListNode<BulkheadWaiter>(this);
    }

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<BulkheadWaiter> Node { get; }

    /// <summary>Whether it got a place.</summary>
    public Task<bool> Task => _place.Task;

    public void Complete(bool hasPlace) => _place.TrySetResult(hasPlace);

    public void OnTimeOver() => _state.GiveUp(this);

    public void OnClientGone(GatewayContext context) => _state.GiveUp(this);
}
