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
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _logStopping = new();
    private readonly List<Task> _background = [];
    private Task _running = Task.CompletedTask;

    private RunningOperations(Store store, InstanceTime time)
    {
        (Store, Time) = (store, time);
        Log = new EventLog(store, TimeProvider.System, NullLogger<EventLog>.Instance);
        Registry = new OperationRegistry(store, Log, time, NullLogger<OperationRegistry>.Instance);
    }

    public Store Store { get; }

    public InstanceTime Time { get; }

    public EventLog Log { get; }

    public OperationRegistry Registry { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts an instance whose kind does what the test says.</summary>
    public static Task<RunningOperations> StartAsync(StoreLocation location, SharedTime time, Func<OperationRun, CancellationToken, Task> body) =>
        StartAsync(location, time, new TestKind(TestKind.DefaultName, body));

    public static async Task<RunningOperations> StartAsync(StoreLocation location, SharedTime time, params OperationKind[] kinds)
    {
        var store = Store.Create(location, new StoreOptions(), [LeaseTable.Migrations, EventLog.Migrations, EventSubscriptions.Migrations, OperationRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        var running = new RunningOperations(store, time.OfInstance());
        foreach (OperationKind kind in kinds)
            running.Registry.Add(kind);
        await running.Registry.OpenAsync(Stop);
        running._background.Add(running.Log.RunAsync(running._logStopping.Token));
        running._running = running.Registry.RunAsync(running._stopping.Token);
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
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        Time.IsPaused = false;
        await StopAsync();
        await _logStopping.CancelAsync();
        await Task.WhenAll(_background);
        await Store.DisposeAsync();
        _stopping.Dispose();
        _logStopping.Dispose();
    }
}
