using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests.Sagas;

/// <summary>
/// One run of the crash tests: customers check out, one program is killed as soon as a certain row is committed, and started again. What is
/// left is looked at from outside.
/// </summary>
/// <remarks>
/// The points are rows that somebody outside can see: the program is killed when the row is there. How far it has got by then is the
/// operating system's to say, which is as it is when power fails: every run is at the point or a little after it.
/// </remarks>
internal sealed class CheckoutCrash : IAsyncDisposable
{
    /// <summary>Every point of a checkout that is written down, in the order in which they come.</summary>
    public static readonly IReadOnlyList<CrashPoint> Points =
    [
        new("saga begun", null, "SELECT count(*) FROM headgate_operations"),
        new("cart priced", "order-service", "SELECT count(*) FROM checkouts"),
        new("stock reserved", "inventory-service", "SELECT count(*) FROM reservations"),
        new("payment begun", "payment-service", "SELECT count(*) FROM payments"),
        new("money set aside", "payment-provider", "SELECT count(*) FROM card_intents"),
        new("payment authorized", "payment-service", "SELECT count(*) FROM payments WHERE status <> 'PENDING'"),
        new("order placed", "order-service", "SELECT count(*) FROM orders"),
        new("money taken", "payment-provider", "SELECT count(*) FROM ledger"),
        new("payment captured", "payment-service", "SELECT count(*) FROM payments WHERE status = 'SUCCEEDED'"),
        new("order confirmed", "order-service", "SELECT count(*) FROM orders WHERE status = 'CONFIRMED'"),
    ];

    private const int Carts = 6;

    // A breaker that stays open for a minute would only make every run a minute longer.
    private const string Overlay = """
        overlay: 1.0.0
        info: { title: Crashes, version: "1" }
        actions:
          - { target: $, update: { x-gateway-config: { circuitBreaker: { openFor: 500ms, successes: 1 } } } }
        """;

    private static readonly CrashPoint Unfinished = new("under way", null, "SELECT count(*) FROM headgate_operations WHERE ended IS NULL");

    private readonly string _commerce = Directory.CreateTempSubdirectory("commerce-checkout-").FullName;
    private readonly string _store = Directory.CreateTempSubdirectory("commerce-checkout-gateway-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");
    private readonly int _portBase = Ports.FreeRange(14);
    private CommerceProcess _services = null!;
    private GatewayProcess _gateway = null!;

    /// <summary>Runs.</summary>
    /// <param name="point">Where the end comes.</param>
    /// <param name="count">At the how manieth row.</param>
    /// <param name="killsGateway">Whether it is the gateway that ends, or the services.</param>
    /// <param name="declined">Whether every second card is declined, so that half of the checkouts are being undone.</param>
    public async Task RunAsync(CrashPoint point, int count, bool killsGateway, bool declined)
    {
        _services = await StartServicesAsync();
        _gateway = await StartGatewayAsync();
        var token = await SignInAsync();
        using (var customer = new Customer(_address, token))
        {
            var buying = Task.WhenAll(Enumerable.Range(0, Carts).Select(cart => TryCheckOutAsync(customer, cart, declined)));
            await Until.TrueAsync(() => buying.IsCompleted || Count(point) >= count, $"{point.Name}: {count} rows");
            await KillAsync(killsGateway);
            await StartAgainAsync(killsGateway);
            await buying;
        }

        if (killsGateway)
        {
            using var again = new Customer(_address, token);
            await AssertAllAnsweredAsync(again, declined);
        }

        await AssertBooksAgreeAsync(mayNeedAttention: !killsGateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_commerce, recursive: true);
        Directory.Delete(_store, recursive: true);
    }

    private Task<CommerceProcess> StartServicesAsync() => CommerceProcess.Start(
        "--data", _commerce, "--port-base", $"{_portBase}", "--events", new Uri(_address, "/events").ToString()).ListeningAsync(9);

    private async Task<GatewayProcess> StartGatewayAsync()
    {
        var overlay = Path.Combine(_store, "crash.overlay.yaml");
        await File.WriteAllTextAsync(overlay, Overlay, TestContext.Current.CancellationToken);
        return await GatewayProcess.StartAsync(
            "gateway.openapi.yaml", _store, _address,
            ["--events", "--overlay", overlay, "--secrets", Path.Combine(_commerce, "secrets"), .. Shared.Hosting.ServiceCatalogue.All
                .Where(service => service.HasEvents)
                .SelectMany(service => new[] { "--service", $"{service.Name}=http://127.0.0.1:{_portBase + service.PortOffset}" })]);
    }

    private async Task<string> SignInAsync()
    {
        using var users = new Api("user-service", _services.Addresses["user-service"]);
        return (await users.PostAsync("/auth/login", new { username = "alice", password = "alice-password" })).Expect(200).Text("accessToken");
    }

    private static async Task<Reply?> TryCheckOutAsync(Customer customer, int cart, bool declined)
    {
        try
        {
            return await customer.CheckoutAsync($"cart-{cart}", declined && cart % 2 == 1 ? Customer.DeclinedCard : null, $"product{cart + 1}");
        }
        catch (HttpRequestException)
        {
            // The gateway was killed with this request under way.
            return null;
        }
    }

    private int Count(CrashPoint point)
    {
        var file = point.Service is { } service ? Path.Combine(_commerce, $"{service}.db") : StoreFile;
        return DatabaseReader.Read(file, connection => connection.ExecuteScalar<int>(point.Sql));
    }

    private string StoreFile => Path.Combine(_store, "headgate.db");

    private async Task KillAsync(bool gateway)
    {
        if (gateway)
        {
            await _gateway.KillAsync();
            return;
        }

        _services.Kill();
        await _services.ExitCodeAsync();
    }

    private async Task StartAgainAsync(bool gateway)
    {
        if (gateway)
        {
            await _gateway.DisposeAsync();
            _gateway = await StartGatewayAsync();
            return;
        }

        await _services.DisposeAsync();
        _services = await StartServicesAsync();
    }

    // Customers who lost their answer to a gateway that was killed ask again under their keys, and get what they were to get.
    private static async Task AssertAllAnsweredAsync(Customer customer, bool declined)
    {
        for (var cart = 0; cart < Carts; cart++)
        {
            Reply? reply = null;
            await Until.TrueAsync(async () => (reply = await TryCheckOutAsync(customer, cart, declined)) is { Status: not (202 or 409) }, $"cart {cart} has an answer");
            Assert.True(reply!.Status == (declined && cart % 2 == 1 ? 402 : 201), $"cart {cart}: {reply.Status} {reply.Content}");
        }
    }

    // Looked at from outside: no saga is left under way, and whatever came of each, all books say the same.
    private async Task AssertBooksAgreeAsync(bool mayNeedAttention)
    {
        await Until.TrueAsync(() => Count(Unfinished) == 0, "every saga has ended");
        using var output = new StringWriter();
        var exitCode = await CommerceCommand.RunAsync(["audit", "--data", _commerce, "--store", StoreFile], TextReader.Null, output, output);
        Assert.True(exitCode == 0, output.ToString());
        // A service that stays away longer than a saga waits leaves it to a person, with the reason, which the audit asks for.
        Assert.True(mayNeedAttention || output.ToString().Contains(" 0 need attention", StringComparison.Ordinal), output.ToString());
        Assert.True(Count(Points[0]) > 0, "no saga was begun");
    }
}
