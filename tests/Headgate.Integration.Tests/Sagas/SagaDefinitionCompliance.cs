using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Tests.Operations;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>What holds of the kept definitions of sagas, on each engine.</summary>
public abstract class SagaDefinitionCompliance
{
    private static readonly SagaDefinition s_definition = SagaDefinition.Of("shop", "\"paths\":{}", "{}");

    private readonly SharedTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    // A saga that waits for an operator for weeks still goes on as it began.
    [Theory]
    [InlineData(OperationState.InProgress, null, true)]
    [InlineData(OperationState.Failed, "somebody has to see to it", true)]
    [InlineData(OperationState.Failed, null, false)]
    [InlineData(OperationState.Succeeded, null, false)]
    public async Task Definition_ThatIsUsedNoMore_IsKept_AsLongAsASagaHasIt(OperationState state, string? attention, bool isKept)
    {
        await using Store store = await OpenAsync();
        var table = new SagaDefinitionTable(store, _time.OfInstance());
        await table.KeepAsync(s_definition, Stop);
        OperationRecord saga = KeptOperations.Of(1, _time.Now, state) with { Version = s_definition.Version, Attention = attention, EndedAt = state.IsEnd() ? _time.Now : null };
        await KeptOperations.AddAsync(store, [saga]);

        _time.Advance(SagaDefinitionTable.KeptFor - TimeSpan.FromSeconds(1));
        await table.SweepAsync(Stop);
        SagaDefinition? before = await table.FindAsync(s_definition.Version, Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
        await table.SweepAsync(Stop);
        SagaDefinition? after = await table.FindAsync(s_definition.Version, Stop);

        Assert.Equal(s_definition, before);
        Assert.Equal(isKept ? s_definition : null, after);
    }

    // Who has noted that it is there believes it for an hour, and no longer.
    [Fact]
    public async Task Definition_ThatIsUsedOn_IsNotSwept_AndOneThatWasIsKeptAnew_WithTheSettingsOfThen()
    {
        await using Store store = await OpenAsync();
        var table = new SagaDefinitionTable(store, _time.OfInstance());
        await table.KeepAsync(s_definition, Stop);
        _time.Advance(TimeSpan.FromDays(6));
        await table.KeepAsync(s_definition, Stop);
        _time.Advance(TimeSpan.FromDays(6));
        await table.SweepAsync(Stop);
        SagaDefinition? used = await table.FindAsync(s_definition.Version, Stop);
        _time.Advance(TimeSpan.FromDays(6));
        await table.SweepAsync(Stop);
        SagaDefinition? unused = await table.FindAsync(s_definition.Version, Stop);
        SagaDefinition later = s_definition with { Config = """{"timeout":"5s"}""" };
        await table.KeepAsync(later, Stop);

        Assert.Equal((s_definition, null), (used, unused));
        Assert.Equal(later, await table.FindAsync(s_definition.Version, Stop));
    }

    private async Task<Store> OpenAsync()
    {
        var store = Store.Create(await NewLocationAsync(), new StoreOptions(), [LeaseTable.Migrations, EventLog.Migrations, OperationRegistry.Migrations, SagaRegistry.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        return store;
    }
}
