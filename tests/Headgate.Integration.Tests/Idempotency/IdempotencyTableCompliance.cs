using System.Text;
using Headgate.Integration.Idempotency;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Tests.Idempotency;

/// <summary>What holds of claims on keys, on each engine.</summary>
public abstract class IdempotencyTableCompliance
{
    private static readonly TimeSpan s_claim = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_ttl = TimeSpan.FromHours(1);
    private static readonly RequestHash s_key = RequestHash.Of(["key"], default);
    private static readonly RequestHash s_asked = RequestHash.Of(["asked"], default);
    private readonly SteppingTime _time = new();

    private KeptAnswer Answer => new(KeptAnswerWriter.Write(
        _time.GetUtcNow() + s_ttl, 201, new HeaderDictionary { ["Location"] = "/orders/1", ["Set-Cookie"] = new StringValues(["a=1", "b=2"]) }, failure: null, "done"u8.ToArray()));

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
        await table.CompleteAsync(claimed.Taken!, Answer, Stop);
        _time.Advance(s_ttl - TimeSpan.FromSeconds(1));

        ClaimResult known = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        _time.Advance(TimeSpan.FromSeconds(1));
        ClaimResult anew = await table.ClaimAsync(s_key, RequestHash.Of(["another"], default), s_claim, s_ttl, Stop);

        Assert.Null(known.Taken);
        Assert.Equal("201 Location=/orders/1 Set-Cookie=a=1 Set-Cookie=b=2 done", Shown(known.Answer!));
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
        Assert.Equal(1, await table.CompleteAsync(held, Answer, Stop));
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

        Assert.Equal(0, await table.CompleteAsync(lost, Answer, Stop));
        await table.ReleaseAsync(lost, Stop);

        Assert.Equal(1, await table.CompleteAsync(third, Answer, Stop));
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
        await table.CompleteAsync(lost, Answer, Stop);
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
            await table.CompleteAsync((await table.ClaimAsync(RequestHash.Of([$"{i}"], default), s_asked, s_claim, s_ttl, Stop)).Taken!, Answer, Stop);
        _time.Advance(s_ttl / 2);
        await table.CompleteAsync((await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop)).Taken!, Answer, Stop);
        _time.Advance((s_ttl / 2) + s_claim - TimeSpan.FromMilliseconds(1));

        await table.SweepAsync(Stop);
        long before = await RowsAsync(store);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await table.SweepAsync(Stop);

        Assert.Equal((66, 11), (before, await RowsAsync(store)));
    }

    [Fact]
    public async Task KeysAndAnswersOfAnOlderVersion_AreKept()
    {
        StoreLocation location = await LocationAsync();
        DateTimeOffset over = _time.GetUtcNow() + s_ttl;
        RequestHash running = RequestHash.Of(["running"], default);
        await using (Store older = await OpenAsync(location, new MigrationSet("idempotency", [.. IdempotencyTable.Migrations.Migrations.Take(2)])))
        {
            foreach ((long token, RequestHash key, byte[]? answer) in new[] { (5L, s_key, Answer.Encoded), (6L, running, null) })
            {
                await older.WriteAsync(
                    session => session.ExecuteAsync(
                        "INSERT INTO headgate_idempotency_keys (token, id, fingerprint, claimed_until, expires_at, answer) VALUES ($1, $2, $3, $4, $5, $6)",
                        token, key.ToBytes(), s_asked.ToBytes(), _time.GetUtcNow() + s_claim, over, answer),
                    Stop);
            }
        }

        await using Store store = await OpenAsync(location, IdempotencyTable.Migrations);
        var table = new IdempotencyTable(store, _time);
        ClaimResult answered = await table.ClaimAsync(s_key, s_asked, s_claim, s_ttl, Stop);
        ClaimResult claimed = await table.ClaimAsync(running, s_asked, s_claim, s_ttl, Stop);
        _time.Advance(s_ttl);
        await table.SweepAsync(Stop);

        Assert.Equal("201 Location=/orders/1 Set-Cookie=a=1 Set-Cookie=b=2 done", Shown(answered.Answer!));
        Assert.Equal((null, s_asked, null), (claimed.Taken, claimed.Fingerprint, claimed.Answer));
        Assert.Equal(0, await RowsAsync(store));
    }

    // Claims by tens, answers by ones.
    private static Task<long> RowsAsync(Store store) => store.ReadAsync(
        session => session.FindAsync("SELECT (SELECT COUNT(*) FROM headgate_idempotency_claims) * 10 + (SELECT COUNT(*) FROM headgate_idempotency_answers)", row => row.GetInt64(0)), Stop);

    private static string Shown(KeptAnswer answer)
    {
        var reader = new KeptAnswerReader(answer.Encoded);
        var text = new StringBuilder().Append(reader.Status);
        while (reader.TryReadField(out string name, out string value))
            text.Append(' ').Append(name).Append('=').Append(value);
        return text.Append(' ').Append(Encoding.UTF8.GetString(answer.Encoded.AsSpan(reader.Position))).ToString();
    }

    private async Task<Store> OpenAsync() => await OpenAsync(await LocationAsync(), IdempotencyTable.Migrations);

    private static async Task<Store> OpenAsync(StoreLocation location, MigrationSet migrations)
    {
        Store store = Store.Create(location, new StoreOptions(), [migrations], NullLogger.Instance, TimeProvider.System);
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
