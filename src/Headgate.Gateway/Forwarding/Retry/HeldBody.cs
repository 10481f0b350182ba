using System.Buffers;
using System.IO.Pipelines;

namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>
/// The client's request body, of which what was read is kept, up to a bound, so that it can be read once more from its beginning. It streams: nothing waits for the whole. For readers that
/// consume what they have looked at, or nothing of it, as transports do. Used by one reader at a time.
/// </summary>
/// <param name="client">The client's body.</param>
/// <param name="mostBytes">The most bytes that are kept.</param>
/// <param name="tryHold">Takes memory for so many; false where there is none.</param>
internal sealed class HeldBody(PipeReader client, int mostBytes, Func<long, bool> tryHold) : PipeReader
{
    private const int FirstBytes = 4 * 1024;

    private byte[] _kept = [];
    private int _count;
    private int _read;
    private bool _hasEnded;
    private bool _servesKept;
    private volatile bool _isCancelled;
    private ReadResult _fromClient;

    /// <summary>Whether all that was read is kept.</summary>
    public bool CanRewind { get; private set; } = true;

    /// <summary>Begins anew. Only while nobody reads.</summary>
    public void Rewind()
    {
        _read = 0;
        _isCancelled = false;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (HasKept)
        {
            result = ServeKept();
            return true;
        }

        if (!client.TryRead(out result))
            return false;
        _fromClient = result;
        return true;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (HasKept)
            return ServeKept();
        while (true)
        {
            _fromClient = await client.ReadAsync(cancellationToken);
            if (!_fromClient.IsCanceled || _isCancelled)
                return _fromClient;

            // Who read before was told to stop, in the moment in which it had stopped: the notice is not for this reader.
            client.AdvanceTo(_fromClient.Buffer.Start);
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_servesKept)
        {
            _servesKept = false;
            _read = consumed.GetInteger();
            return;
        }

        ReadOnlySequence<byte> taken = _fromClient.Buffer.Slice(_fromClient.Buffer.Start, consumed);
        _hasEnded |= _fromClient.IsCompleted && taken.Length == _fromClient.Buffer.Length;
        if (CanRewind)
            Keep(taken);
        _fromClient = default;
        client.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead()
    {
        _isCancelled = true;
        client.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null) => client.Complete(exception);

    private bool HasKept => _read < _count || _hasEnded;

    private ReadResult ServeKept()
    {
        _servesKept = true;
        return new ReadResult(new ReadOnlySequence<byte>(_kept, 0, _count).Slice(_read), isCanceled: false, isCompleted: _hasEnded);
    }

    private void Keep(ReadOnlySequence<byte> taken)
    {
        long count = _count + taken.Length;
        if (count > mostBytes || !TryMakeRoom(count))
        {
            // Too large to be sent again, or for what all requests may hold: what was kept is let go of, and the rest passes by.
            CanRewind = false;
            (_kept, _count, _read) = ([], 0, 0);
            return;
        }

        taken.CopyTo(_kept.AsSpan(_count));
        _count = _read = (int)count;
    }

    private bool TryMakeRoom(long count)
    {
        if (count <= _kept.Length)
            return true;
        int length = (int)Math.Min(mostBytes, Math.Max(Math.Max(FirstBytes, count), _kept.Length * 2L));
        if (!tryHold(length - _kept.Length))
            return false;
        Array.Resize(ref _kept, length);
        return true;
    }
}
