using System.Text;
using System.Text.Json;
using Commerce.Connectors;
using Commerce.Shared.Data;

namespace Commerce.Shared.Events;

/// <summary>
/// Carries a service's events from its outbox to the event log: in the order in which they were written, each at least once. One batch
/// is under way at a time and the next goes after it is acknowledged, so that the events of one thing keep their order. What is not
/// acknowledged stays, over any number of failures and restarts, and is sent again under its id, by which the log knows it.
/// </summary>
internal sealed class EventRelay : IDisposable
{
    private const int BatchSize = 100;

    // The log takes requests of 1 MiB; a character has three bytes at most, and few have more than one.
    private const int BatchChars = 256 * 1024;

    private const int LongestReasonBytes = 1000;

    private readonly string _source;
    private readonly Database _database;
    private readonly EventLogClient _log;
    private readonly Backoff _backoff;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _written = new(1);

    /// <param name="service">The service whose events they are: their <c>source</c>.</param>
    /// <param name="database">Where its outbox is.</param>
    /// <param name="log">Where they go.</param>
    /// <param name="clock">The clock of pauses.</param>
    /// <param name="logger">Where trouble is told.</param>
    public EventRelay(string service, Database database, EventLogClient log, TimeProvider clock, ILogger<EventRelay> logger)
    {
        (_source, _database, _log, _backoff, _logger) = ($"/{service}", database, log, new Backoff(clock), logger);
        database.Committed += Wake;
    }

    /// <summary>Runs until cancelled. A request to the log that is under way then is finished.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What was on its way when it failed waits for nobody's next write.
        Wake();
        while (true)
        {
            await _written.WaitAsync(cancellationToken);
            while (await SendNextAsync(cancellationToken))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose()
    {
        _database.Committed -= Wake;
        _written.Dispose();
    }

    // At most one signal waits: whoever takes it looks at everything that is there.
    private void Wake()
    {
        lock (_written)
        {
            if (_written.CurrentCount == 0)
                _written.Release();
        }
    }

    private async Task<bool> SendNextAsync(CancellationToken cancellationToken)
    {
        var batch = _database.Read(connection => OutboxTable.Next(connection, BatchSize, BatchChars));
        if (batch.Count == 0)
            return false;
        try
        {
            await SendAsync(batch, cancellationToken);
            _backoff.Reset();
        }
        catch (HttpCallException error)
        {
            if (_backoff.IsFirst)
                EventsLog.Waiting(_logger, error.Reason);
            await _backoff.WaitAsync(cancellationToken);
        }

        return true;
    }

    private async Task SendAsync(IReadOnlyList<OutboxRow> batch, CancellationToken cancellationToken)
    {
        try
        {
            await _log.PublishAsync([.. batch.Select(ToEvent)], CancellationToken.None);
            await _database.WriteAsync(connection => OutboxTable.Remove(connection, batch.Select(row => row.Seq)), CancellationToken.None);
        }
        catch (HttpCallException refused) when (IsOfTheEvents(refused))
        {
            if (batch.Count == 1)
                await SetAsideAsync(batch[0], refused);
            else
                await SendOneByOneAsync(batch, cancellationToken);
        }
    }

    // One of them is not taken: it is found by sending each alone, still in their order.
    private async Task SendOneByOneAsync(IReadOnlyList<OutboxRow> batch, CancellationToken cancellationToken)
    {
        foreach (var row in batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await SendAsync([row], cancellationToken);
        }
    }

    private async Task SetAsideAsync(OutboxRow row, HttpCallException refused)
    {
        var reason = $"{refused.Status}: {Encoding.UTF8.GetString(refused.Body.AsSpan(0, Math.Min(refused.Body.Length, LongestReasonBytes)))}";
        await _database.WriteAsync(connection => OutboxTable.Refuse(connection, row.Seq, reason), CancellationToken.None);
        EventsLog.SetAside(_logger, row.Type, row.Id, reason);
    }

    // Other refusals are of the caller (a key that is not made yet) or of the place: the events may be taken another time.
    private static bool IsOfTheEvents(HttpCallException error) => error.Status
        is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge or StatusCodes.Status422UnprocessableEntity;

    private CloudEvent ToEvent(OutboxRow row) => new()
    {
        Id = row.Id,
        Source = _source,
        Type = row.Type,
        Subject = row.AggregateId,
        Time = row.Time,
        DataContentType = "application/json",
        TenantId = row.TenantId,
        CorrelationId = row.CorrelationId,
        CausationId = row.CausationId,
        Data = JsonSerializer.Deserialize<JsonElement>(row.Payload),
    };
}
