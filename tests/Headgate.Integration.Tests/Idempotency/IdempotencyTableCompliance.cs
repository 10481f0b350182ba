using Headgate.Integration.Idempotency;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Idempotency;

/// <summary>What holds of claims on keys, on each engine.</summary>
public abstract class IdempotencyTableCompliance
{
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_ttl = TimeSpan.FromHours(1);
    private static readonly RequestHash s_key = RequestHash.Of(["key"], default);
    private static readonly RequestHash s_asked = RequestHash.Of(["asked"], default);
    private static readonly KeptAnswer s_answer = new(
        new KeptHead { Status = 201, IsWhole = true, Headers = new Dictionary<string, string[]> { ["Location"] = ["/orders/1"], ["Set-Cookie"] = ["a=1", "b=2"] } }, "done"u8.ToArray());

    private readonly SteppingTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract Task<StoreLocation> LocationAsync();

    [Fact]
    public async Task Key_ThatIsClaimed_IsNobodyElses_UntilItIsAnsweredOrGivenBack()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);

        ClaimResult first = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        ClaimResult second = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        await table.ReleaseAsync(first.Taken!, Stop);
        ClaimResult third = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);

        Assert.NotNull(first.Taken);
        Assert.Equal((null, s_asked, null), (second.Taken, second.Fingerprint, second.Answer));
        Assert.NotNull(third.Taken);
    }

    [Fact]
    public async Task FiftyAtOnce_OneHasTheClaim()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);

        ClaimResult[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop), Stop)));

        Assert.Single(all, result => result.Taken is not null);
    }

    [Fact]
    public async Task Answer_IsKeptWhole_UntilItsTimeIsOver()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);
        ClaimResult claimed = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        await table.CompleteAsync(claimed.Taken!, s_answer, s_ttl, Stop);
        _time.Advance(s_ttl - TimeSpan.FromSeconds(1));

        ClaimResult known = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
        ClaimResult anew = await table.ClaimAsync(s_key, RequestHash.Of(["another"], default), s_claim, s_ttl, Stop);

        Assert.Null(known.Taken);
        Assert.Equal(201, known.Answer!.Head.Status);
        Assert.Equal(["a=1", "b=2"], known.Answer.Head.Headers["Set-Cookie"]);
        Assert.Equal("done"u8, known.Answer.Body.Span);
        Assert.NotNull(anew.Taken);
    }

    [Fact]
    public async Task Claim_IsHeld_ForLongerThanAnswersAreKept()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);
        Claim held = (await table.ClaimAsync(s_key, s_asked, claimedFor: TimeSpan.FromMinutes(10), ttl: TimeSpan.FromMinutes(1), Stop)).Taken!;
        _time.Advance(TimeSpan.FromMinutes(2));
        await table.SweepAsync(Stop);

        Assert.Null((await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop)).Taken);
        Assert.NotNull(await table.CompleteAsync(held, s_answer, s_ttl, Stop));
    }

    [Fact]
    public async Task Claim_ThatWasTakenOver_IsNoLaterOne_ThoughTheKeyWasForgottenMeanwhile()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);
        Claim lost = (await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop)).Taken!;
        _time.Advance(s_claim);
        Claim second = (await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop)).Taken!;
        await table.ReleaseAsync(second, Stop);
        Claim third = (await table.ClaimAsync(s_key, RequestHash.Of(["another"], default), s_claim, s_ttl, Stop)).Taken!;

        Assert.Null(await table.CompleteAsync(lost, s_answer, s_ttl, Stop));
        await table.ReleaseAsync(lost, Stop);

        Assert.NotNull(await table.CompleteAsync(third, s_answer, s_ttl, Stop));
    }

    [Fact]
    public async Task Claim_OfACrashedInstance_IsTakenOver_ByTheSameRequestAlone_AndItsFirstHolderCanDoNothingMore()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);
        Claim lost = (await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop)).Taken!;
        _time.Advance(s_claim);

        ClaimResult other = await table.ClaimAsync(s_key, RequestHash.Of(["another"], default), s_claim, s_ttl, Stop);
        ClaimResult same = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        await table.ReleaseAsync(lost, Stop);
        await table.CompleteAsync(lost, s_answer, s_ttl, Stop);
        ClaimResult after = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);

        Assert.Equal((null, s_asked), (other.Taken, other.Fingerprint));
        Assert.NotNull(same.Taken);
        Assert.Equal((null, null), (after.Taken, after.Answer));
    }

    [Fact]
    public async Task Sweep_ForgetsWhatIsOver_AndNothingElse()
    {
        await using Store store = await OpenAsync();
        var table = new IdempotencyTable(store, _time);
        for (int i = 0; i < 5; i++)
            await table.ClaimAsync(RequestHash.Of([$"{i}"], default), s_asked, s_claim, s_ttl, Stop);
        _time.Advance(s_ttl / 2);
        await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        _time.Advance(s_ttl / 2);

        await table.SweepAsync(Stop);

        Assert.Equal(1, await store.ReadAsync(session => session.FindAsync("SELECT COUNT(*) FROM headgate_idempotency", row => row.GetInt64(0)), Stop));
    }

    private async Task<Store> OpenAsync()
    {
        Store store = Store.Create(await LocationAsync(), new StoreOptions(), [IdempotencyTable.Migrations], NullLogger.Instance, TimeProvider.System);
        await store.OpenAsync(Stop);
        return store;
    }

    // Time that only the test moves.
    private sealed class SteppingTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
