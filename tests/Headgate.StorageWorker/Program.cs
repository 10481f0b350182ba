using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

// A second process for the tests of the store. storage-worker WORD LOCATION:
//   open   opens the store, says "open", and ends; or says on one line why not, and ends with 2
//   write  inserts rows from several sides and says the id of each once it is acknowledged, until it is killed
//   hold   begins a command, says "held", and ends it when a line comes in
var rows = new MigrationSet("rows", new Migration(1, "create rows", "CREATE TABLE rows (id TEXT PRIMARY KEY, payload TEXT NOT NULL)"));
if (!StoreLocation.TryParse(args[1], out StoreLocation? location, out string reason))
    throw new ArgumentException(reason);
await using Store store = Store.Create(location, new StoreOptions { LockTimeout = TimeSpan.FromSeconds(1) }, [rows], NullLogger.Instance, TimeProvider.System);
try
{
    await store.OpenAsync(CancellationToken.None);
}
catch (StoreException exception)
{
    Console.WriteLine(exception.Message);
    return 2;
}

switch (args[0])
{
    case "open":
        Console.WriteLine("open");
        return 0;
    case "write":
        await Task.WhenAll(Enumerable.Range(0, 16).Select(WriteAsync));
        return 0;
    default:
        return await store.WriteAsync(
            _ =>
            {
                Console.WriteLine("held");
                Console.ReadLine();
                return new ValueTask<int>(0);
            },
            CancellationToken.None);
}

async Task WriteAsync(int side)
{
    for (int i = 0; ; i++)
    {
        string id = $"{side}-{i}";
        await store.WriteAsync(session => session.ExecuteAsync("INSERT INTO rows (id, payload) VALUES ($1, $2)", id, new string('x', 500)), CancellationToken.None);
        lock (rows)
        {
            Console.WriteLine(id);
            Console.Out.Flush();
        }
    }
}
