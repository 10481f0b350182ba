using System.Text.Json.Nodes;
using Commerce.Shared.Data;
using Dapper;

namespace Commerce.Tests.Support;

/// <summary>The shop behind a gateway whose event log it publishes to and reads, as <c>./headgate up</c> puts them together. The gateway can be ended and started again.</summary>
internal sealed class ShopWithLog : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("commerce-log-").FullName;
    private readonly Uri _address;

    private ShopWithLog(Shop shop, Uri address) => (Shop, _address) = (shop, address);

    public Shop Shop { get; }

    public GatewayProcess Gateway { get; private set; } = null!;

    public static async Task<ShopWithLog> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var both = new ShopWithLog(await Shop.StartAsync(options => options with { Events = new Uri(address, "/events") }), address);
        await both.StartGatewayAsync();
        await EventKey.GiveAsync(both.Gateway, both.Shop.Options.DataDirectory);
        return both;
    }

    public async Task StartGatewayAsync() => Gateway = await GatewayProcess.StartAsync(
        "gateway.openapi.yaml", _data, _address,
        ["--events", "--secrets", Shop.SecretsDirectory, .. GatewayContractTests.Services.SelectMany(service => new[] { "--service", $"{service.Data}={Shop.Host.Address(service.Data)}" })]);

    public async Task KillGatewayAsync()
    {
        await Gateway.KillAsync();
        await Gateway.DisposeAsync();
    }

    /// <summary>Everything in the log, in its order, as a consumer reads it.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync()
    {
        using var log = new HttpClient { BaseAddress = _address };
        log.DefaultRequestHeaders.Add("X-API-Key", await File.ReadAllTextAsync(EventKey.FileIn(Shop.Options.DataDirectory), TestContext.Current.CancellationToken));
        var events = new List<JsonNode>();
        for (long after = 0; ;)
        {
            var page = JsonNode.Parse(await log.GetStringAsync($"/events?after={after}&limit=500", TestContext.Current.CancellationToken))!;
            if (page["events"]!.AsArray() is not { Count: > 0 } found)
                return events;
            events.AddRange(found!);
            after = (long)page["next"]!;
        }
    }

    /// <summary>Everything in the log, as <c>headgate events replay</c> writes it.</summary>
    public async Task<string> ReplayAsync()
    {
        var (exitCode, output) = await Gateway.AskAsync("events", "replay", "--after", "0");
        Assert.Equal(0, exitCode);
        return output;
    }

    /// <summary>Compares the read model of customers' orders with a replay, by the program's own command.</summary>
    public async Task<(int ExitCode, string Output)> CompareHistoryAsync(string replay)
    {
        using var input = new StringReader(replay);
        using var output = new StringWriter();
        var exitCode = await CommerceCommand.RunAsync(["history", "--data", Shop.Options.DataDirectory], input, output, output);
        return (exitCode, output.ToString());
    }

    /// <summary>Waits until all that happened is in the log, and those who read it have taken all of it.</summary>
    public Task SettledAsync() => Until.TrueAsync(IsSettledAsync, "everything is published and taken");

    /// <summary>Compares the books by the program's own command.</summary>
    public async Task<(int ExitCode, string Output)> AuditAsync()
    {
        using var output = new StringWriter();
        var exitCode = await CommerceCommand.RunAsync(
            ["audit", "--data", Shop.Options.DataDirectory, "--store", Path.Combine(_data, "headgate.db")], TextReader.Null, output, output);
        return (exitCode, output.ToString());
    }

    /// <summary>Writes into the gateway's store behind its back.</summary>
    public void WriteStore(string sql) => Shop.WriteFile(Path.Combine(_data, "headgate.db"), sql);

    public int Count(string service, string sql) =>
        DatabaseReader.Read(Path.Combine(Shop.Options.DataDirectory, $"{service}.db"), connection => connection.ExecuteScalar<int>(sql));

    public async ValueTask DisposeAsync()
    {
        // The shop first: it would go on asking for the log.
        await Shop.DisposeAsync();
        await Gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<bool> IsSettledAsync()
    {
        if (GatewayContractTests.Services.Any(service => Count(service.Data, "SELECT count(*) FROM outbox WHERE refused IS NULL") > 0))
            return false;
        var events = await EventsAsync();
        return HasTaken(events, "order-service", "customer-orders", "order.") && HasTaken(events, "notification-service", "notifications", "order.", "payment.", "user.created");
    }

    private bool HasTaken(IReadOnlyList<JsonNode> events, string service, string consumer, params string[] types)
    {
        var wanted = events.LastOrDefault(told => types.Any(type => ((string)told["type"]!).StartsWith(type, StringComparison.Ordinal)));
        return wanted is null || Count(service, $"SELECT coalesce(max(position), 0) FROM event_consumers WHERE name = '{consumer}'") >= int.Parse((string)wanted["offset"]!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
