using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Events.Log;

/// <summary>An event log on a store of its own, with its work in the background, and a table of state beside it.</summary>
internal sealed class RunningLog : IAsyncDisposable
{
    private static readonly MigrationSet s_state = new("state", new Migration(1, "create state", "CREATE TABLE state (id TEXT PRIMARY KEY, amount BIGINT NOT NULL)"));

    private readonly BackgroundWork _background = new(TimeProvider.System, NullLogger<BackgroundWork>.Instance);

    private RunningLog(Store store, TimeProvider time, ILogger<EventLog> logger)
    {
        Store = store;
        Log = new EventLog(store, time, logger);
        Log.Begin(_background);
    }

    public Store Store { get; }

    public EventLog Log { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="location">Its store.</param>
    /// <param name="time">The clock of all.</param>
    /// <param name="logTime">The clock of the log alone.</param>
    /// <param name="options">The bounds of the store.</param>
    /// <param name="logger">What the log tells.</param>
    public static async Task<RunningLog> StartAsync(
        StoreLocation location, TimeProvider? time = null, TimeProvider? logTime = null, StoreOptions? options = null, ILogger<EventLog>? logger = null)
    {
        var store = Store.Create(location, options ?? new StoreOptions(), [s_state, LeaseTable.Migrations, EventLog.Migrations, EventSubscriptions.Migrations], NullLogger.Instance, time ?? TimeProvider.System);
        await store.OpenAsync(Stop);
        return new RunningLog(store, logTime ?? time ?? TimeProvider.System, logger ?? NullLogger<EventLog>.Instance);
    }

    public static NewEvent Event(string producerId, string type = "order.created", string? tenant = null, string aggregate = "1") => new()
    {
        Type = type, Source = "/orders", ProducerId = producerId, AggregateType = "order", AggregateId = aggregate, Tenant = tenant, Payload = "{}"u8.ToArray(),
    };

    public Task<IReadOnlyList<AppendedEvent>> AppendAsync(params NewEvent[] events) => Log.AppendAsync(events, Stop);

    /// <summary>Reads until there are so many, as a consumer does: page by page, waiting at the end.</summary>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(int count, EventFilter? filter = null)
    {
        var events = new List<StoredEvent>();
        for (long after = 0; events.Count < count;)
        {
            EventPage page = await Log.ReadAsync(after, filter ?? EventFilter.Everything, 100, Stop);
            events.AddRange(page.Events);
            after = page.Next;
            if (page.Events.Count == 0)
                Assert.Equal(EventWait.Appended, await Log.WaitAsync(after, filter ?? EventFilter.Everything, TimeSpan.FromSeconds(20), "caller", Stop));
        }

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await _background.DisposeAsync();
        await Store.DisposeAsync();
    }
}
