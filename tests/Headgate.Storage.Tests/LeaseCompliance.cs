using Headgate.Storage.Leases;
using Headgate.Storage.Tests.Support;

namespace Headgate.Storage.Tests;

/// <summary>One owner at a time, and nothing done under a lease that was lost.</summary>
public abstract class LeaseCompliance
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    private async Task<Store> OpenAsync() => await TestStore.OpenAsync(await NewLocationAsync());

    [Fact]
    public async Task Take_OfManyAtOnce_IsGrantedToOne()
    {
        await using Store store = await OpenAsync();
        var leases = new LeaseTable(store, _time);
        Lease?[] taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => leases.TryTakeAsync("work", $"owner-{i}", s_minute, Stop)));
        Lease lease = Assert.Single(taken.OfType<Lease>());
        Assert.Equal((1, _time.Now + s_minute), (lease.Token, lease.Deadline));
    }

    [Fact]
    public async Task Take_AfterTheDeadline_FencesOffTheFormerOwner()
    {
        await using Store store = await OpenAsync();
        var leases = new LeaseTable(store, _time);
        Lease first = (await leases.TryTakeAsync("work", "a", s_minute, Stop))!;
        _time.Now += s_minute;
        Lease second = (await leases.TryTakeAsync("work", "b", s_minute, Stop))!;
        Assert.True(second.Token > first.Token);

        Assert.Null(await leases.RenewAsync(first, s_minute, Stop));
        await leases.ReleaseAsync(first, Stop);
        LeaseLostException lost = await Assert.ThrowsAsync<LeaseLostException>(() => UnderAsync(store, first, "late"));
        Assert.Equal(first, lost.Lease);
        Assert.Equal(1, await UnderAsync(store, second, "good"));
        Assert.Equal(["good"], await store.IdsAsync());
    }

    [Fact]
    public async Task Renew_InTime_KeepsOthersOut()
    {
        await using Store store = await OpenAsync();
        var leases = new LeaseTable(store, _time);
        Lease lease = (await leases.TryTakeAsync("work", "a", s_minute, Stop))!;
        _time.Now += TimeSpan.FromSeconds(50);
        Lease renewed = (await leases.RenewAsync(lease, s_minute, Stop))!;
        Assert.Equal((lease.Token, _time.Now + s_minute), (renewed.Token, renewed.Deadline));
        _time.Now += TimeSpan.FromSeconds(30);
        Assert.Null(await leases.TryTakeAsync("work", "b", s_minute, Stop));
        Assert.NotNull(await leases.TryTakeAsync("other work", "b", s_minute, Stop));
    }

    [Fact]
    public async Task Release_OfALease_LetsTheNextInAtOnce()
    {
        await using Store store = await OpenAsync();
        var leases = new LeaseTable(store, _time);
        Lease lease = (await leases.TryTakeAsync("work", "a", s_minute, Stop))!;
        await leases.ReleaseAsync(lease, Stop);
        Assert.Null(await leases.RenewAsync(lease, s_minute, Stop));
        await Assert.ThrowsAsync<LeaseLostException>(() => UnderAsync(store, lease, "late"));
        Assert.Equal(2, (await leases.TryTakeAsync("work", "b", s_minute, Stop))!.Token);
        Assert.Equal(0, await store.CountAsync());
    }

    private static Task<int> UnderAsync(Store store, Lease lease, string id) => store.WriteAsync(
        async session =>
        {
            int rows = await session.ExecuteAsync("INSERT INTO items (id, amount) VALUES ($1, 0)", id);
            await LeaseTable.EnsureHeldAsync(session, lease);
            return rows;
        },
        Stop);
}
