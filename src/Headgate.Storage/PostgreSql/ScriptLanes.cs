namespace Headgate.Storage.PostgreSql;

/// <summary>
/// Commits the scripts of this process in groups: what came while one group was under way is the next. A group is one transaction, one wait for the server's statements and one for its disk, however many
/// scripts it has. Thread-safe.
/// </summary>
/// <param name="location">The store.</param>
/// <param name="options">Bounds and times.</param>
/// <param name="time">The clock.</param>
/// <param name="commit">Runs scripts in one transaction; answers with those that found no row to change, and has kept nothing when there are any.</param>
internal sealed class ScriptLanes(StoreLocation location, StoreOptions options, TimeProvider time, Func<IReadOnlyList<StoreScript>, Task<IReadOnlyList<StoreScript>>> commit)
{
    /// <summary>The most groups that are under way at once: while one waits for the disk, the server runs the statements of another.</summary>
    public const int MostGroups = 2;

    private readonly Lock _lock = new();
    private readonly Queue<ScriptWork> _waiting = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lanes;
    private bool _closed;

    /// <summary>Runs a script; it is durable when this ends with true.</summary>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public Task<bool> RunAsync(StoreScript script, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellationToken);
        var work = new ScriptWork(script, time.GetTimestamp(), cancellationToken);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Store));
            if (_waiting.Count >= options.MaxWaiting)
            {
                work.GiveUp(new StoreException(StoreProblems.Overloaded(location, options)));
                return work.Task;
            }

            _waiting.Enqueue(work);
            if (_lanes == MostGroups)
                return work.Task;
            _lanes++;
        }

        _ = Task.Run(DrainAsync, CancellationToken.None);
        return work.Task;
    }

    /// <summary>Gives up what has waited too long to begin.</summary>
    public void Expire()
    {
        long before = time.GetTimestamp() - (long)(options.WaitTimeout.TotalSeconds * time.TimestampFrequency);
        ScriptWork[] late;
        lock (_lock)
            late = [.. _waiting.TakeWhile(work => work.QueuedAt < before)];
        foreach (ScriptWork work in late)
            work.GiveUp(new StoreException(StoreProblems.WaitedTooLong(location, options)));
    }

    /// <summary>Takes no more and ends when what waits is done.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            if (_lanes == 0)
                _ended.TrySetResult();
        }

        return _ended.Task;
    }

    // Ends with the queue: who comes after that begins another lane.
    private async Task DrainAsync()
    {
        while (Take() is { Count: > 0 } group)
            await CommitAsync(group).ConfigureAwait(false);
    }

    private List<ScriptWork> Take()
    {
        var group = new List<ScriptWork>();
        lock (_lock)
        {
            while (group.Count < options.MaxGroup && _waiting.TryDequeue(out ScriptWork? work))
            {
                if (work.TryBegin())
                    group.Add(work);
            }

            if (group.Count == 0 && --_lanes == 0 && _closed)
                _ended.TrySetResult();
        }

        return group;
    }

    private async Task CommitAsync(IReadOnlyList<ScriptWork> group)
    {
        try
        {
            IReadOnlyList<StoreScript> refused = await commit([.. group.Select(work => work.Script)]).ConfigureAwait(false);
            if (refused.Count == 0)
                Settle(group, isKept: true);
            else if (group.Count == 1)
                Settle(group, isKept: false);
            else
                await CommitApartAsync(group, work => refused.Contains(work.Script)).ConfigureAwait(false);
        }
        catch (StoreException exception) when (group.Count > 1 && exception.Problem.Kind is StoreErrorKind.Statement or StoreErrorKind.Constraint)
        {
            // One that the server refuses takes its transaction with it: the others are not to suffer for it.
            await CommitApartAsync(group, _ => true).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            foreach (ScriptWork work in group)
                work.Fail(exception);
        }
    }

    // What was not kept for the sake of some runs again without them; then each of those, which may meet another state by now.
    private async Task CommitApartAsync(IReadOnlyList<ScriptWork> group, Func<ScriptWork, bool> isApart)
    {
        ScriptWork[] together = [.. group.Where(work => !isApart(work))];
        if (together.Length > 0)
            await CommitAsync(together).ConfigureAwait(false);
        foreach (ScriptWork work in group.Where(isApart))
            await CommitAsync([work]).ConfigureAwait(false);
    }

    private static void Settle(IReadOnlyList<ScriptWork> group, bool isKept)
    {
        foreach (ScriptWork work in group)
            work.Settle(isKept);
    }
}
