using System.Globalization;
using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Operations;
using Headgate.OperationsWorker;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging.Abstractions;

// An instance for the tests of operations, to be killed or stopped at any moment. operations-worker LOCATION COUNT:
// begins so many operations, says the id of each once it is acknowledged, then "ready", and carries out what there is until it is killed.
if (!StoreLocation.TryParse(args[0], out StoreLocation? location, out string reason))
    throw new ArgumentException(reason);
await using Store store = Store.Create(
    location, new StoreOptions(), [LeaseTable.Migrations, EventLog.Migrations, EventSubscriptions.Migrations, OperationRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
await store.OpenAsync(CancellationToken.None);
var log = new EventLog(store, TimeProvider.System, NullLogger<EventLog>.Instance);
var registry = new OperationRegistry(store, log, mostAttention: 10_000, new FastTime(), NullLogger<OperationRegistry>.Instance);
registry.Add(new CountingKind());
await registry.OpenAsync(home: null, CancellationToken.None);
await using var background = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
log.Begin(background);
registry.Begin(background);
for (int i = 0; i < int.Parse(args[1], CultureInfo.InvariantCulture); i++)
{
    // On a busy machine the fast clock may find this process dead between two signs of life: it begins a new term, and takes operations again.
    OperationRun? run;
    while ((run = await registry.StartAsync(new NewOperation { Kind = CountingKind.KindName, Name = "count", Api = "test", Data = [0] }, CancellationToken.None)) is null)
        await Task.Delay(10);
    Console.WriteLine(run.Record.Id);
}

Console.WriteLine("ready");
await Task.Delay(Timeout.Infinite);
