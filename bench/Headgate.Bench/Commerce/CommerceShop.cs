using Headgate.Bench.Processes;

namespace Headgate.Bench.Commerce;

/// <summary>The commerce services behind the gateway with their own document, as <c>./headgate up</c> runs them, and a limit for each tenant; disposal stops both.</summary>
internal sealed class CommerceShop : IAsyncDisposable
{
    /// <summary>What a tenant may ask for in a second.</summary>
    public const int RequestsPerSecond = 150;

    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(60);

    // From the offset of the port to the service's name in the gateway's document.
    private static readonly string[] Services = ["product", "user", "inventory", "order", "payment", "notification"];

    private readonly ChildProcess services;
    private readonly ChildProcess gateway;

    private CommerceShop(ChildProcess services, ChildProcess gateway, Uri address) => (this.services, this.gateway, Address) = (services, gateway, address);

    /// <summary>Where the gateway listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts both.</summary>
    /// <exception cref="MeasurementFailedException">One did not start.</exception>
    public static async Task<CommerceShop> StartAsync(BenchContext context, CancellationToken cancellation)
    {
        var folder = context.FolderFor("commerce");
        var (gatewayPort, adminPort, portBase) = (Loopback.FreePort(), Loopback.FreePort(), Loopback.FreeBase(13));
        var address = Loopback.Address(gatewayPort);
        var issuer = $"{address}identity";
        var services = ChildProcess.Start(
            new Launch(context.Options.Commerce, ["--service", "all", "--data", Path.Combine(folder, "services"), "--port-base", $"{portBase}", "--issuer", issuer, "--events", new Uri(address, "/events").ToString()]),
            context.Tools);
        try
        {
            await ReadyAsync(context, services, new Uri(Loopback.Address(portBase + Services.Length), "/health"), cancellation);
            var admin = Loopback.Address(adminPort);
            var gateway = ChildProcess.Start(GatewayOf(context, folder, address, admin, portBase, issuer), context.Tools);
            var shop = new CommerceShop(services, gateway, address);
            await ReadyAsync(context, gateway, new Uri(admin, "/readyz"), cancellation);
            await GiveServicesTheirKeyAsync(context, folder, admin, cancellation);
            return shop;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await services.DisposeAsync();
    }

    private static async Task ReadyAsync(BenchContext context, ChildProcess process, Uri probe, CancellationToken cancellation)
    {
        if (await Loopback.WaitReadyAsync(process, probe, StartBound, context.Time, cancellation) is { } problem)
            throw new MeasurementFailedException(problem);
    }

    private static string SecretsOf(string folder) => Path.Combine(folder, "services", "secrets");

    // The services publish their events to the gateway's log with a key that it makes, which they look for among their secrets.
    private static async Task GiveServicesTheirKeyAsync(BenchContext context, string folder, Uri admin, CancellationToken cancellation)
    {
        await using var keys = ChildProcess.Start(
            new Launch(context.Tools.Headgate, ["keys", "create", "--name", "commerce services", "--scope", "events:write", "--scope", "events:read", "--data", Path.Combine(folder, "gateway"), "--admin", admin.ToString()]),
            context.Tools);
        await keys.WaitAsync(StartBound, context.Time, cancellation);
        var key = keys.LastWords().Split('\n').LastOrDefault(line => line.Contains('_', StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal))
            ?? throw new MeasurementFailedException($"the gateway made no key for the services: {keys.LastWords()}");
        var file = Path.Combine(SecretsOf(folder), "EVENT_LOG_KEY");
        await File.WriteAllTextAsync($"{file}.new", key, cancellation);
        File.Move($"{file}.new", file);
    }

    private static Launch GatewayOf(BenchContext context, string folder, Uri address, Uri admin, int portBase, string issuer)
    {
        var overlay = Path.Combine(folder, "bench.overlay.yaml");
        File.WriteAllText(overlay, OverlayOf(issuer));
        return new Launch(context.Tools.Headgate,
        [
            "run", context.Options.CommerceDocument, "--overlay", overlay, "--listen", address.ToString(), "--admin", admin.ToString(), "--data", Path.Combine(folder, "gateway"), "--events",
            "--secrets", SecretsOf(folder),
            .. Services.SelectMany((name, index) => new[] { "--service", $"{name}-service={Loopback.Address(portBase + index + 1)}" }),
        ]);
    }

    // The document's own limits are those of a day; a load test of a minute needs one that it meets.
    private static string OverlayOf(string issuer) => $$"""
        overlay: 1.0.0
        info: { title: The shop under load, version: 1.0.0 }
        actions:
          - target: $.components.securitySchemes.bearerAuth['x-gateway-jwt']
            update: { issuer: "{{issuer}}" }
          - { target: "$['x-gateway-config'].rateLimit", remove: true }
          - target: $['x-gateway-config']
            update: { rateLimit: { limits: [{ name: per-tenant, by: tenant, limit: {{RequestsPerSecond}}, window: 1s, burst: 10 }] } }
        """;
}
