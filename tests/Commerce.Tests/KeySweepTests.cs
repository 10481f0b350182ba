using Commerce.Shared.Data;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Web;
using Commerce.Tests.Support;

namespace Commerce.Tests;

public sealed class KeySweepTests : IDisposable
{
    private const string Fingerprint = "f";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commerce-keys-");
    private readonly MovableClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Keys_AreForgotten_WhenNobodyComesWithThemAnyMore_AndNoneThatIsUnderWay()
    {
        using var database = new Database(Path.Combine(_folder.FullName, "keys.db"), IdempotencyTable.Schema);
        var sweep = new KeySweep(database, _clock);
        await database.WriteAsync(
            connection =>
            {
                IdempotencyTable.Begin(connection, Scope("open"), Fingerprint, "r1", _clock);
                IdempotencyTable.Finish(connection, Scope("done"), Fingerprint, Answer.NoContent(), _clock);
                IdempotencyTable.Withdraw(connection, Scope("withdrawn"), _clock);
                return 0;
            },
            Stop);
        _clock.Advance(KeySweep.Kept - TimeSpan.FromMinutes(1));
        var swept = await sweep.SweepAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 2), (swept, await sweep.SweepAsync(Stop)));
        Assert.NotNull(database.Read(connection => IdempotencyTable.Find(connection, Scope("open"))));
        Assert.Null(database.Read(connection => IdempotencyTable.Find(connection, Scope("done"))));
        Assert.False(database.Read(connection => IdempotencyTable.IsWithdrawn(connection, Scope("withdrawn"))));
    }

    // A payment that was begun long ago and never answered is taken up again under the provider's key.
    [Fact]
    public async Task Provider_ForgetsNoKey_HoweverOld()
    {
        await using var shop = await Shop.StartAsync();
        var (body, key) = (new { amount = 4321, currency = "EUR", metadata = new { orderId = Guid.NewGuid().ToString() } }, ("Idempotency-Key", Guid.NewGuid().ToString()));
        (await shop.PaymentProvider().PostAsync("/charges", body, key)).Expect(201);
        await shop.RestartAsync(() =>
        {
            shop.Write("payment-provider", "UPDATE idempotency_keys SET created_at = '2000-01-01T00:00:00.000Z'");
            shop.Write("order-service", "INSERT INTO withdrawn_keys VALUES ('acme', 'alice', 'old', '2000-01-01T00:00:00.000Z')");
        });
        using var orders = new Database(Path.Combine(shop.Options.DataDirectory, "order-service.db"), IdempotencyTable.Schema);
        await Until.TrueAsync(() => !orders.Read(connection => IdempotencyTable.IsWithdrawn(connection, Scope("old"))), "the shop's own services have swept");

        var again = (await shop.PaymentProvider().PostAsync("/charges", body, key)).Expect(201);

        Assert.True(again.Replayed);
        Assert.Single(Ledger.Of(shop, body.metadata.orderId));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static IdempotencyScope Scope(string key) => new("acme", "alice", "POST /orders", key);
}
