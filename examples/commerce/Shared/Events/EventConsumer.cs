using Commerce.Connectors;
using Commerce.Shared.Data;

namespace Commerce.Shared.Events;

/// <summary>
/// Reads the event log for a service, from where it was. Whoever takes the events writes down how far it is (<see cref="ConsumerTable"/>),
/// best in the transaction of what it made of them; after a failure or a crash it gets again what comes after that.
/// </summary>
/// <param name="name">Its name in the table of positions.</param>
/// <param name="types">The types that it wants, separated by commas.</param>
/// <param name="database">Where the position is.</param>
/// <param name="log">The log.</param>
/// <param name="clock">The clock of pauses.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class EventConsumer(string name, string types, Database database, EventLogClient log, TimeProvider clock, ILogger<EventConsumer> logger)
{
    private readonly Backoff _backoff = new(clock);

    /// <summary>Runs until cancelled.</summary>
    /// <param name="take">Takes a page, and moves the position to its <c>Next</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Func<EventLogPage, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var position = database.Read(connection => ConsumerTable.Position(connection, name));
            if (await TryReadAsync(position, cancellationToken) is { } page && await TryTakeAsync(take, page, position, cancellationToken))
                _backoff.Reset();
            else
                await _backoff.WaitAsync(cancellationToken);
        }
    }

    private async Task<EventLogPage?> TryReadAsync(long position, CancellationToken cancellationToken)
    {
        try
        {
            var page = await log.ReadAsync(position, types, cancellationToken);
            if (!page.Recovered)
                EventsLog.Missed(logger, name, position);
            return page;
        }
        catch (HttpCallException error)
        {
            if (_backoff.IsFirst)
                EventsLog.CannotRead(logger, name, error.Reason, position);
            return null;
        }
    }

    private async Task<bool> TryTakeAsync(Func<EventLogPage, CancellationToken, Task> take, EventLogPage page, long position, CancellationToken cancellationToken)
    {
        try
        {
            await take(page, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (_backoff.IsFirst)
                EventsLog.Failed(logger, error, name, position);
            return false;
        }
    }
}
