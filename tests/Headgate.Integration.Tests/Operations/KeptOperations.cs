using Headgate.Integration.Operations;
using Headgate.Storage;

namespace Headgate.Integration.Tests.Operations;

/// <summary>Rows of operations that nobody carried out, for lists and retention.</summary>
internal static class KeptOperations
{
    public static Task AddAsync(Store store, IEnumerable<OperationRecord> records) => store.WriteAsync(
        async session =>
        {
            foreach (OperationRecord record in records)
            {
                await OperationTable.InsertAsync(session, record with { Kept = OperationState.InProgress, Worker = "none", Epoch = 1 });
                if (record.HasEnded)
                    await OperationTable.EndAsync(session, record with { Worker = "none", Epoch = 1 });
            }

            return 0;
        },
        TestContext.Current.CancellationToken);

    public static OperationRecord Of(int number, DateTimeOffset at, OperationState state = OperationState.Succeeded) => new()
    {
        Id = $"op_{number:x32}", Kind = "test", Name = "doIt", Api = "orders", Kept = state, CreatedAt = at, UpdatedAt = at,
    };
}
