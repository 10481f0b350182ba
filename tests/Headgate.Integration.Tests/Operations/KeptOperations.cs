using Headgate.Integration.Operations;
using Headgate.Storage;

namespace Headgate.Integration.Tests.Operations;

/// <summary>Rows of operations that another instance has, which lives: nobody takes them over. For lists and retention.</summary>
internal static class KeptOperations
{
    public static async Task AddAsync(Store store, IEnumerable<OperationRecord> records)
    {
        string worker = Guid.NewGuid().ToString("N");
        await store.WriteAsync(session => WorkerTable.BeginAsync(session, worker, home: "", DateTimeOffset.UnixEpoch.AddYears(1000)), TestContext.Current.CancellationToken);
        foreach (OperationRecord record in records)
        {
            StoreStatement inserts = OperationTable.InsertOf(record with { Kept = OperationState.InProgress, Worker = worker, Epoch = 1 });
            StoreScript script = record.HasEnded ? new StoreScript(inserts, OperationTable.EndOf(record with { Worker = worker, Epoch = 1 })) : new StoreScript(inserts);
            Assert.True(await store.WriteAsync(script, TestContext.Current.CancellationToken));
        }
    }

    public static OperationRecord Of(int number, DateTimeOffset at, OperationState state = OperationState.Succeeded) => new()
    {
        Id = $"op_{number:x32}", Kind = "test", Name = "doIt", Api = "orders", Kept = state, CreatedAt = at, UpdatedAt = at,
    };
}
