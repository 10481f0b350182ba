using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Operations;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Operations;

/// <summary>One instance with its operations, on a store that others may share.</summary>
internal sealed class RunningOperations : IAsyncDisposable
{
    /// <summary>How many operations of one API may need attention.</summary>
    public const int MostAttention = 3;

    private readonly BackgroundWork _running = new(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
    private readonly BackgroundWork _logRunning = new(TimeProvider.System, NullLogger<BackgroundWork>.Instance);

    private RunningOperations(Store store, InstanceTime time)
    {
        (Store, Time) = (store, time);
        Log = new EventLog(store, TimeProvider.System, NullLogger<EventLog>.Instance);
        Registry = new OperationRegistry(store, Log, MostAttention, time, NullLogger<OperationRegistry>.Instance);
    }

    public Store Store { get; }

    public InstanceTime Time { get; }

    public EventLog Log { get; }

    public OperationRegistry Registry { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts an instance whose kind does what the test says.</summary>
    public static Task<RunningOperations> StartAsync(StoreLocation location, SharedTime time, Func<OperationRun, CancellationToken, Task> body) =>
        StartAsync(location, time, new TestKind(TestKind.DefaultName, body));

    public static Task<RunningOperations> StartAsync(StoreLocation location, SharedTime time, params OperationKind[] kinds) => StartAsync(location, time, home: null, kinds);

    /// <summary>Starts an instance in a home that one alone can have at a time.</summary>
    public static async Task<RunningOperations> StartAsync(StoreLocation location, SharedTime time, string? home, params OperationKind[] kinds)
    {
        var store = Store.Create(location, new StoreOptions(), [LeaseTable.Migrations, EventLog.Migrations, EventSubscriptions.Migrations, OperationRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        var running = new RunningOperations(store, time.OfInstance());
        foreach (OperationKind kind in kinds)
            running.Registry.Add(kind);
        await running.Registry.OpenAsync(home, Stop);
        running.Log.Begin(running._logRunning);
        running.Registry.Begin(running._running);
        return running;
    }

    public static NewOperation New(string? tenant = null, string? owner = null, string kind = TestKind.DefaultName) => new() { Kind = kind, Name = "doIt", Api = "orders", Tenant = tenant, Owner = owner };

    public async Task<OperationRun> BeginAsync(NewOperation? operation = null) => (await Registry.StartAsync(operation ?? New(), Stop))!;

    public async Task<OperationRecord> FindAsync(string id) => (await Registry.FindAsync(id, Stop))!;

    public Task IsAsync(string id, OperationState state) => Until.TrueAsync(async () => (await FindAsync(id)).State == state, $"{id} is {state}");

    /// <summary>Moves the clock until a condition holds: what the instances do in between takes real time.</summary>
    public static async Task AdvanceUntilAsync(SharedTime time, Func<Task<bool>> condition, string what)
    {
        await Until.TrueAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return await condition();
            },
            what);
    }

    /// <summary>Everything that the log tells of an operation.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string id)
    {
        await Until.TrueAsync(
            async () => await Store.ReadAsync(session => session.FindAsync("SELECT (SELECT COUNT(*) FROM headgate_events) - (SELECT COUNT(*) FROM headgate_event_log)", row => row.GetInt64(0)), Stop) == 0,
            "every event has its offset");
        EventPage page = await Log.ReadAsync(0, EventFilter.Everything, 500, Stop);
        return [.. page.Events.Where(stored => stored.Event.AggregateId == id).Select(stored => stored.Event.Type)];
    }

    /// <summary>Stops as a process that is told to.</summary>
    public Task StopAsync() => _running.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Time.IsPaused = false;
        await _running.DisposeAsync();
        await _logRunning.DisposeAsync();
        await Store.DisposeAsync();
    }
}
