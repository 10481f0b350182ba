namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>
/// The running timeout of one call: armed anew at each stage and each progress, cancelled also when the client goes away. One per call; used by
/// the two directions of a body at once.
/// </summary>
internal sealed class CallClock : IAsyncDisposable
{
    private readonly CancellationTokenSource _expired;
    private readonly CancellationTokenSource _either;
    private readonly long _deadline;
    private readonly UpstreamTimeouts _timeouts;
    private volatile bool _headReceived;

    public CallClock(in UpstreamCall call, TimeProvider time, CancellationToken clientGone)
    {
        _expired = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(clientGone, _expired.Token);
        Token = _either.Token;
        _deadline = call.Deadline;
        _timeouts = call.Timeouts;
    }

    public CancellationToken Token { get; }

    /// <summary>Begins a stage; until the response head is there the total time bounds it as well.</summary>
    public void Arm(TimeSpan limit) => _expired.CancelAfter(_headReceived ? limit : Http1.StageDeadline.Left(_deadline, limit));

    /// <summary>Bytes of a body moved on.</summary>
    public void Progress() => Arm(_timeouts.Idle);

    /// <summary>The request is sent to its last byte.</summary>
    public void RequestSent() => Arm(_headReceived ? _timeouts.Idle : _timeouts.Headers);

    public void HeadReceived()
    {
        _headReceived = true;
        Arm(_timeouts.Idle);
    }

    /// <summary>Stops whatever of the call still runs. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _expired.CancelAsync();
        _either.Dispose();
    }
}
