using System.Collections.Concurrent;
using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>
/// The shop behind its gateway, each program that takes part in a checkout a process of its own, to be killed and started again on what it
/// left. One serves many crashes: what they left is looked at as a whole after each.
/// </summary>
internal sealed class CrashingShop : IAsyncDisposable
{
    public const string Gateway = "gateway";

    // No step asks these: they share a process.
    private const string Others = "user-service,notification-service,email-provider,sms-provider";

    // A program is back within a second or a few here: tries begin early, and last long enough for a busy machine.
    private const string Patient = "baseDelay: 50ms, jitter: 0";

    // Breakers stay open for a minute, which would only make each crash a minute longer; and customers buy without end.
    private const string Overlay = """
        overlay: 1.0.0
        info: { title: Crashes, version: "1" }
        actions:
          - target: $
            update: { x-gateway-config: { circuitBreaker: { openFor: 100ms, successes: 1 }, rateLimit: { default: 1000000, authenticated: 1000000 } } }
          - { target: "$.paths['/orders', '/checkout'].post..retry", update: { RETRY } }
        """;

    /// <summary>Every program, by its name: what can be killed alone.</summary>
    public static readonly IReadOnlyList<string> Programs = ["order-service", "product-service", "inventory-service", "payment-service", "payment-provider", Others, Gateway];

    private readonly string _commerce;
    private readonly string _store = Directory.CreateTempSubdirectory("commerce-crashes-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");
    private readonly int _portBase = Ports.FreeRange(14);
    private readonly ConcurrentDictionary<string, IAsyncDisposable> _running = new();

    private CrashingShop(string commerce) => _commerce = commerce;

    /// <summary>How many checkouts their customers were told to be paid, since the shop was opened.</summary>
    public int Paid { get; set; }

    /// <summary>How many they were told to have come to nothing.</summary>
    public int Refused { get; set; }

    /// <summary>Whether its data stay when it goes, for who has to find out what went wrong.</summary>
    public bool KeepsData { get; set; }

    /// <summary>Where its data are.</summary>
    public string Data => $"{_commerce} {_store}";

    /// <summary>Opens one.</summary>
    /// <param name="programs">What takes part; without <see cref="Gateway"/> nobody hears of events.</param>
    /// <param name="retry">How often steps and compensations are tried.</param>
    public static async Task<CrashingShop> OpenAsync(IReadOnlyList<string> programs, string retry = Patient)
    {
        var shop = new CrashingShop(await Shop.PlantAsync());
        try
        {
            Shop.WriteFile(Path.Combine(shop._commerce, "inventory-service.db"), "UPDATE stock SET on_hand = 1000000");
            await File.WriteAllTextAsync(shop.OverlayFile, Overlay.Replace("RETRY", retry, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await shop.StartAsync(programs);
            if (programs.Contains(Gateway))
                await EventKey.GiveAsync(shop.RunningGateway, shop._commerce);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends programs as a power cut would, at the same moment.</summary>
    public Task KillAsync(IReadOnlyList<string> programs) =>
        Task.WhenAll(programs.Select(program => _running.TryRemove(program, out var process) ? process.DisposeAsync().AsTask() : Task.CompletedTask));

    /// <summary>Gives a service no time until the answer is disposed: whoever asks it waits.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string service)
    {
        var process = (CommerceProcess)_running[service];
        await process.SignalAsync("STOP");
        return new Held(process);
    }

    /// <summary>Starts programs, all at once.</summary>
    public Task StartAsync(IReadOnlyList<string> programs) =>
        Task.WhenAll(programs.Select(async program => _running[program] = program == Gateway ? await StartGatewayAsync() : await StartServicesAsync(program)));

    /// <summary>Somebody who buys.</summary>
    public async Task<Customer> SignInAsync()
    {
        using var users = new Api("user-service", AddressOf("user-service"));
        return new Customer(_address, (await users.PostAsync("/auth/login", new { username = "alice", password = "alice-password" })).Expect(200).Text("accessToken"));
    }

    /// <summary>A service, called with the services' key.</summary>
    /// <param name="name">Which.</param>
    /// <param name="user">For whom; null for nobody but the service itself.</param>
    public Api Service(string name, string? user = "user-alice") =>
        new(name, AddressOf(name), ("X-API-Key", File.ReadAllText(Path.Combine(_commerce, "secrets", "COMMERCE_SERVICE_KEY"))), ("X-Tenant-ID", "acme"), ("X-User-ID", user));

    /// <summary>A text in the database of a service, of which there is one.</summary>
    public string Read(string service, string sql) => DatabaseReader.Read(FileOf(service), connection => connection.QuerySingle<string>(sql));

    /// <summary>Watches a point from outside, as fast as it can be read.</summary>
    public TableWatch Watch(CrashPoint point) => point.Service is { } service ? Watch(service, point.Sql) : new TableWatch(StoreFile, point.Sql);

    /// <summary>Watches a number in the database of a service.</summary>
    public TableWatch Watch(string service, string sql) => new(FileOf(service), sql);

    /// <summary>Compares the books by the program's own command, which asks nobody.</summary>
    public async Task<(int ExitCode, string Output)> AuditAsync()
    {
        using var output = new StringWriter();
        var exitCode = await CommerceCommand.RunAsync(["audit", "--data", _commerce, "--store", StoreFile], TextReader.Null, output, output);
        return (exitCode, output.ToString());
    }

    /// <summary>Runs a command of the gateway's program against the running gateway.</summary>
    public Task<(int ExitCode, string Output)> AskGatewayAsync(params string[] arguments) => RunningGateway.AskAsync(arguments);

    public async ValueTask DisposeAsync()
    {
        await KillAsync(Programs);
        if (KeepsData)
            return;
        Directory.Delete(_commerce, recursive: true);
        Directory.Delete(_store, recursive: true);
    }

    private Task<CommerceProcess> StartServicesAsync(string names) => CommerceProcess.Start(
        "--service", names, "--data", _commerce, "--port-base", $"{_portBase}", "--events", new Uri(_address, "/events").ToString()).ListeningAsync(names.Split(',').Length);

    private Task<GatewayProcess> StartGatewayAsync() => GatewayProcess.StartAsync(
        "gateway.openapi.yaml", _store, _address,
        ["--events", "--overlay", OverlayFile, "--secrets", Path.Combine(_commerce, "secrets"), .. Shared.Hosting.ServiceCatalogue.All
            .Where(service => service.HasEvents)
            .SelectMany(service => new[] { "--service", $"{service.Name}={AddressOf(service.Name)}" })]);

    private GatewayProcess RunningGateway => (GatewayProcess)_running[Gateway];

    private Uri AddressOf(string service) => new($"http://127.0.0.1:{_portBase + Shared.Hosting.ServiceCatalogue.PortOffset(service)}");

    private string FileOf(string service) => Path.Combine(_commerce, $"{service}.db");

    private sealed class Held(CommerceProcess process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await process.SignalAsync("CONT");
    }

    private string OverlayFile => Path.Combine(_store, "crashes.overlay.yaml");

    private string StoreFile => Path.Combine(_store, "headgate.db");
}
