using Commerce.Orders.Checkout;
using Commerce.Shared.Data;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Web;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests;

/// <summary>What nobody comes for any more is forgotten, and nothing else.</summary>
public sealed class SweepTests : IDisposable
{
    private const string Fingerprint = "f";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commerce-keys-");
    private readonly MovableClock _clock = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Keys_AreForgotten_WhenNobodyComesWithThemAnyMore_AndNoneThatIsUnderWay()
    {
        using var database = Keys();
        var sweep = KeySweep(database);
        await database.WriteAsync(
            connection =>
            {
                IdempotencyTable.Begin(connection, Scope("open"), Fingerprint, "r1", _clock);
                IdempotencyTable.Finish(connection, Scope("done"), Fingerprint, Answer.NoContent(), _clock);
                IdempotencyTable.Withdraw(connection, Scope("withdrawn"), _clock);
                return 0;
            },
            Stop);
        _clock.Advance(IdempotencyTable.Kept - TimeSpan.FromMinutes(1));
        var swept = await sweep.SweepAsync(Stop);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((0, 2), (swept, await sweep.SweepAsync(Stop)));
        Assert.NotNull(database.Read(connection => IdempotencyTable.Find(connection, Scope("open"))));
        Assert.Null(database.Read(connection => IdempotencyTable.Find(connection, Scope("done"))));
        Assert.False(database.Read(connection => IdempotencyTable.IsWithdrawn(connection, Scope("withdrawn"))));
    }

    // Each portion is a transaction: between two of them a request writes.
    [Fact]
    public async Task ManyKeys_AreForgottenInPortions_BetweenWhichOthersWrite()
    {
        const int keys = (2 * Sweep.Portion) + 7;
        using var database = Keys();
        await database.WriteAsync(
            connection =>
            {
                for (var i = 0; i < keys; i++)
                    IdempotencyTable.Finish(connection, Scope($"k{i}"), Fingerprint, Answer.NoContent(), _clock);
                return 0;
            },
            Stop);
        _clock.Advance(IdempotencyTable.Kept + TimeSpan.FromMinutes(1));
        var left = new List<int>();
        Task other = Task.CompletedTask;
        database.Committed += () =>
        {
            left.Add(database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM idempotency_keys WHERE key LIKE 'k%'")));
            // Comes while the first portion is being forgotten, and waits for its turn.
            if (left.Count == 1)
                other = database.WriteAsync(connection => connection.Execute("INSERT INTO withdrawn_keys VALUES ('acme', 'alice', 'meanwhile', '2999')"), Stop);
        };

        Assert.Equal(keys, await KeySweep(database).SweepAsync(Stop));
        await other;

        Assert.Equal([keys - Sweep.Portion, keys - Sweep.Portion, 7, 0], left);
    }

    [Fact]
    public void Keys_ThatCameLongAgo_AreFoundByAnIndex()
    {
        using var database = Keys();

        var plans = database.Read(connection => connection
            .Query<(int Id, int Parent, int Unused, string Detail)>("EXPLAIN QUERY PLAN SELECT 1 FROM idempotency_keys WHERE status IS NOT NULL AND created_at < '2020' ORDER BY created_at LIMIT 5")
            .Concat(connection.Query<(int Id, int Parent, int Unused, string Detail)>("EXPLAIN QUERY PLAN SELECT 1 FROM withdrawn_keys WHERE created_at < '2020' ORDER BY created_at LIMIT 5"))
            .Select(step => step.Detail).ToList());

        Assert.Equal(2, plans.Count);
        Assert.All(plans, plan => Assert.Matches("SEARCH .* USING (COVERING )?INDEX (idempotency|withdrawn)_keys_age", plan));
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

    // A cart that was priced and left standing: its price goes, and with it what its customer wrote down. An order keeps what it has.
    [Fact]
    public async Task Prices_OfWhichNoOrderWasMade_AreForgotten_AndNoCheckoutOfAnOrder()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var (left, placed, asOfOld) = (await QuoteAsync(shop), await QuoteAsync(shop), await QuoteAsync(shop));
        foreach (var order in new[] { placed, asOfOld })
            (await Orders(shop).PostAsync($"/orders/{order}/place", new { reservationId = $"res_{order}" })).Expect(201);
        // Earlier versions kept the price of an order that was placed.
        shop.Write("order-service", $"UPDATE checkouts SET quote = '{{}}' WHERE order_id = '{asOfOld}'");
        clock.Advance(IdempotencyTable.Kept - TimeSpan.FromMinutes(1));
        var late = await QuoteAsync(shop);
        using var database = new Database(Path.Combine(shop.Options.DataDirectory, "order-service.db"), CheckoutTable.Schema);
        var sweep = new Sweep(database, IdempotencyTable.Kept, CheckoutTable.ForgetQuotes, clock);

        Assert.Equal(0, await sweep.SweepAsync(Stop));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await sweep.SweepAsync(Stop));

        var rows = database.Read(connection => connection.Query<CheckoutRow>("SELECT * FROM checkouts").ToDictionary(row => row.OrderId));
        Assert.Equal(new[] { placed, asOfOld, late }.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((null, $"res_{placed}", null), (rows[placed].Quote, rows[placed].ReservationId, rows[asOfOld].Quote));
        (await Orders(shop).PostAsync($"/orders/{left}/place")).Expect(404);
        Assert.Equal("ORDER_EXISTS", (await Orders(shop).PostAsync($"/orders/{placed}/place")).Expect(409).ErrorCode);
        (await Orders(shop).PostAsync($"/orders/{late}/place")).Expect(201);
        Assert.Equal(0, await sweep.SweepAsync(Stop));
    }

    [Fact]
    public async Task Prices_AreForgottenByTheServiceItself()
    {
        await using var shop = await Shop.StartAsync();
        var order = await QuoteAsync(shop);
        var old = Ids.New("ord", new FixedClock(DateTimeOffset.UnixEpoch.AddYears(40)));
        await shop.RestartAsync(() => shop.Write("order-service", $"UPDATE checkouts SET order_id = '{old}' WHERE order_id = '{order}'"));

        await Until.TrueAsync(
            () => DatabaseReader.Read(Path.Combine(shop.Options.DataDirectory, "order-service.db"), connection => connection.ExecuteScalar<int>("SELECT count(*) FROM checkouts")) == 0,
            "the price is forgotten");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Database Keys() => new(Path.Combine(_folder.FullName, "keys.db"), IdempotencyTable.Schema + IdempotencyTable.AgeSchema);

    private Sweep KeySweep(Database database) => new(database, IdempotencyTable.Kept, IdempotencyTable.Forget, _clock);

    private static Api Orders(Shop shop) => shop.Service("order-service", user: "user-alice");

    private static async Task<string> QuoteAsync(Shop shop) => (await Orders(shop).PostAsync(
        "/orders/quote", new { items = new[] { new { productId = "product1", quantity = 1 } }, shippingAddress = Requests.Address })).Expect(200).Text("orderId");

    private static IdempotencyScope Scope(string key) => new("acme", "alice", "POST /orders", key);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
