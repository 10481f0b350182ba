using System.Diagnostics.CodeAnalysis;

namespace Headgate.Integration.Operations;

/// <summary>
/// An operation in the hands of this process. <see cref="SaveAsync"/> is for its kind alone, one call at a time; everything else is thread-safe.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and somebody may ask for the end of an operation at any time.")]
public sealed class OperationRun
{
    private readonly Lock _lock = new();
    private readonly OperationStore _store;
    private readonly CancellationTokenSource _cancelRequested = new();
    private readonly TaskCompletionSource<OperationRecord?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkerTerm _term;
    private OperationRecord _record;

    internal OperationRun(OperationRecord record, WorkerTerm term, OperationStore store)
    {
        (_record, _term, _store) = (record, term, store);
        IsFresh = record is { Epoch: 1, Failures: 0 };
        if (record.CancelRequested is not null)
            _cancelRequested.Cancel();
    }

    /// <summary>The operation as it was saved last.</summary>
    public OperationRecord Record => Volatile.Read(ref _record);

    /// <summary>
    /// Cancelled when somebody asks for the end of the operation, from whichever instance: within 5 seconds, and at once when it was asked of this one. Its kind decides what can still be broken
    /// off; it saves <see cref="OperationState.Cancelled"/>, or another end that it comes to.
    /// </summary>
    public CancellationToken CancelRequested => _cancelRequested.Token;

    /// <summary>Whether nobody was at it before: neither another instance, nor this one before something failed. Then nothing of it can be under way.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>Ends with the operation; with null when this process has no more to do with it and it has not ended.</summary>
    public Task<OperationRecord?> Ended => _ended.Task;

    /// <summary>
    /// Saves a change and the event that tells of it, in one transaction, unless the operation is another instance's by now. When it returns the change is durable.
    /// </summary>
    /// <exception cref="OperationLostException">It is no longer this process's: the kind stops, without another call to anybody.</exception>
    /// <exception cref="Storage.StoreException">The store could not do it, or does not know whether it did. The kind lets it pass: it is run again with what was saved.</exception>
    /// <exception cref="ArgumentException">The change is none that an operation can have.</exception>
    public async Task SaveAsync(OperationChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        OperationRecord next = Apply(Record, change);
        if (!_term.IsHeld)
            throw new OperationLostException(next.Id);
        await _store.SaveAsync(next, change, cancellationToken).ConfigureAwait(false);
        Take(next);
    }

    /// <summary>Takes over what the store has, after it is unknown whether it has what was saved last.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        IsFresh = false;
        Take(await _store.ReadOwnAsync(Record, cancellationToken).ConfigureAwait(false));
        if (Record.CancelRequested is { } at)
            await RequestCancelAsync(at).ConfigureAwait(false);
    }

    /// <summary>Counts a failure of the kind.</summary>
    internal async Task CountFailureAsync(CancellationToken cancellationToken)
    {
        await _store.CountFailureAsync(Record, cancellationToken).ConfigureAwait(false);
        Take(Record with { Failures = Record.Failures + 1 });
    }

    /// <summary>Tells the kind that somebody asks for the end.</summary>
    internal Task RequestCancelAsync(DateTimeOffset at)
    {
        Take(Record with { CancelRequested = at });
        return _cancelRequested.CancelAsync();
    }

    /// <summary>Says that nothing more comes of this process.</summary>
    internal void LetGo() => _ended.TrySetResult(Record is { HasEnded: true } ended ? ended : null);

    // A cancellation may be asked for at any time: whoever saves at the same moment does not know of it.
    private void Take(OperationRecord next)
    {
        lock (_lock)
            Volatile.Write(ref _record, next with { CancelRequested = _record.CancelRequested ?? next.CancelRequested });
    }

    private OperationRecord Apply(OperationRecord record, OperationChange change)
    {
        OperationBounds.Check(change.Data, change.Result, change.Lines, change.Facts);
        OperationState state = change.End ?? record.Kept;
        if (record.HasEnded || change.End is { } end && !end.IsEnd())
            throw new ArgumentException($"The operation {record.Id} cannot become {state.ToName()}: it is {record.State.ToName()}.", nameof(change));
        if (change.Attention is not null && state != OperationState.Failed || change.Result is not null && state != OperationState.Succeeded)
            throw new ArgumentException("Attention goes with a failure, and a result with success.", nameof(change));
        DateTimeOffset now = _store.Time.GetUtcNow();
        return record with
        {
            Kept = state,
            Attention = OperationBounds.Clip(change.Attention),
            Progress = state == OperationState.Succeeded ? 100 : Math.Clamp(change.Progress ?? record.Progress, 0, 100),
            Message = OperationBounds.Clip(change.Message) ?? record.Message,
            Stage = change.Stage ?? record.Stage,
            EstimatedCompletion = state.IsEnd() ? null : change.EstimatedCompletion ?? record.EstimatedCompletion,
            UpdatedAt = now,
            EndedAt = state.IsEnd() ? now : null,
            Data = change.Data ?? record.Data,
            Result = change.Result,
            Error = change.Error is { } error ? error with { Detail = OperationBounds.Clip(error.Detail)! } : null,
            Takeovers = 0,
        };
    }
}
