using Headgate.Integration.Events.Log;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas;
using Headgate.Integration.Tests.Operations;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>What holds of the keys of requests that began a saga, on each engine.</summary>
public abstract class SagaKeyCompliance
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromHours(1);
    private static readonly KeyedRequest s_request = new(RequestHash.Of(["key"], default), RequestHash.Of(["asked"], default));

    private readonly SharedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    // Whoever comes again is told of the saga that goes on, and begins no second one beside it.
    [Theory]
    [InlineData(OperationState.InProgress, null, true)]
    [InlineData(OperationState.Failed, "somebody has to see to it", true)]
    [InlineData(OperationState.Failed, null, false)]
    [InlineData(OperationState.Succeeded, null, false)]
    public async Task Key_WhoseTimeIsOver_IsFree_UnlessItsSagaGoesOnOrMayBeGoneOnWith(OperationState state, string? attention, bool isHeld)
    {
        await using Store store = await OpenAsync();
        OperationRecord saga = KeptOperations.Of(1, _time.Now, state) with { Attention = attention, EndedAt = state.IsEnd() ? _time.Now : null };
        await KeptOperations.AddAsync(store, [saga]);
        var keys = new SagaKeyTable(store, _time.OfInstance());
        Assert.True(await ClaimAsync(store, keys, saga.Id));
        (string Id, RequestHash)? meanwhile = await keys.FindAsync(s_request, Stop);
        Assert.False(await ClaimAsync(store, keys, "op_meanwhile"));

        _time.Advance(s_ttl);
        (string Id, RequestHash)? later = await keys.FindAsync(s_request, Stop);
        await keys.SweepAsync(Stop);
        long left = await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_saga_keys", row => row.GetInt64(0)), Stop);
        bool isTaken = await ClaimAsync(store, keys, "op_later");

        Assert.Equal(saga.Id, meanwhile?.Id);
        Assert.Equal((isHeld ? saga.Id : null, isHeld ? 1 : 0, !isHeld), (later?.Id, left, isTaken));
    }

    // Not yet swept: the claim itself has to see that the time is over.
    [Fact]
    public async Task Key_WhoseTimeIsOver_IsTakenByTheNext_WithWhatItAsksFor()
    {
        await using Store store = await OpenAsync();
        var keys = new SagaKeyTable(store, _time.OfInstance());
        await ClaimAsync(store, keys, "op_first");
        _time.Advance(s_ttl);
        KeyedRequest other = s_request with { Fingerprint = RequestHash.Of(["something else"], default) };

        bool isTaken = await store.WriteAsync(new StoreScript(keys.ClaimOf(other, "op_second", s_ttl)), Stop);

        Assert.True(isTaken);
        Assert.Equal(("op_second", other.Fingerprint), await keys.FindAsync(s_request, Stop));
    }

    private static Task<bool> ClaimAsync(Store store, SagaKeyTable keys, string id) => store.WriteAsync(new StoreScript(keys.ClaimOf(s_request, id, s_ttl)), Stop);

    private async Task<Store> OpenAsync()
    {
        var store = Store.Create(await NewLocationAsync(), new StoreOptions(), [LeaseTable.Migrations, EventLog.Migrations, OperationRegistry.Migrations, SagaRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        return store;
    }
}
