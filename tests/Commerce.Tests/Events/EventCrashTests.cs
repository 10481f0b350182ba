using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests.Events;

/// <summary>The services, or the gateway with the log, are killed while orders are placed; afterwards each order that is there is told of once, in order.</summary>
public sealed class EventCrashTests(EventCrashFixture fixture) : IDisposable, IClassFixture<EventCrashFixture>
{
    private const int Customers = 8;

    private readonly HttpClient _client = new();

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task Services_KilledInBetween_LoseNoEventAndTellNoneTwice(int ordersBeforeKill)
    {
        var before = ReadOrders().Count;
        await PlaceUntilAsync(ordersBeforeKill, fixture.KillServicesAsync);

        await fixture.StartServicesAsync();
        await AssertToldOnceAsync(before + ordersBeforeKill);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public async Task Gateway_KilledInBetween_LosesNoEventAndIsToldNoneTwice(int ordersBeforeKill)
    {
        var before = ReadOrders().Count;
        await PlaceUntilAsync(ordersBeforeKill, fixture.KillGatewayAsync);
        // The shop goes on selling without it.
        await PlaceUntilAsync(1, () => Task.CompletedTask);

        await fixture.StartGatewayAsync();
        await AssertToldOnceAsync(before + ordersBeforeKill + 1);
    }

    public void Dispose() => _client.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Customers order and pay without pause; at the count the end comes, wherever they are.
    private async Task PlaceUntilAsync(int count, Func<Task> end)
    {
        var services = fixture.Services.Addresses;
        await SignInAsync(services["user-service"]);
        var (placed, isOver) = (0, false);
        var buying = Task.WhenAll(Enumerable.Range(0, Customers).Select(async _ =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (await TryBuyAsync(services["order-service"]))
                    Interlocked.Increment(ref placed);
            }
        }));
        await Until.TrueAsync(() => Volatile.Read(ref placed) >= count, $"{count} orders are placed");
        await end();
        Volatile.Write(ref isOver, true);
        await buying;
    }

    private async Task SignInAsync(Uri users)
    {
        using var login = await _client.PostAsJsonAsync(new Uri(users, "/auth/login"), new { username = "alice", password = "alice-password" }, Stop);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("accessToken").GetString();
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    private async Task<bool> TryBuyAsync(Uri service)
    {
        try
        {
            using var placed = await _client.PostAsJsonAsync(new Uri(service, "/orders"), Requests.Order("user-alice", ("product1", 1)), Stop);
            var id = (await placed.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
            using var paid = await _client.PostAsync(new Uri(service, $"/orders/{id}/pay"), null, Stop);
            return paid.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // The program was killed with this request under way.
            return false;
        }
    }

    // The orders are read from the service's own table, and the log by the program's own command.
    private async Task AssertToldOnceAsync(int fewest)
    {
        await Until.TrueAsync(() => Read("SELECT count(*) FROM outbox") is [0], "the outbox is empty");
        var states = ReadOrders();
        var events = await EventsAsync();

        Assert.InRange(states.Count, fewest, int.MaxValue);
        Assert.Equal(states.Keys.Order(StringComparer.Ordinal), events.Keys.Order(StringComparer.Ordinal));
        Assert.All(states, order => Assert.Equal(order.Value == "PENDING" ? ["PENDING"] : ["PENDING", order.Value], events[order.Key]));
    }

    private List<int> Read(string sql) => DatabaseReader.Read(OrdersFile, connection => connection.Query<int>(sql).AsList());

    private Dictionary<string, string> ReadOrders() => DatabaseReader.Read(OrdersFile, connection => connection
        .Query<(string Id, string Status)>("SELECT id, status FROM orders").ToDictionary(order => order.Id, order => order.Status));

    private string OrdersFile => Path.Combine(fixture.CommerceData, "order-service.db");

    // What the log says of each order, in the log's order: the status with which it was created, and each that it got.
    private async Task<Dictionary<string, string[]>> EventsAsync()
    {
        var (exitCode, output) = await fixture.Gateway.AskAsync("events", "replay", "--after", "0", "--type", "order.*");
        Assert.Equal(0, exitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!)
            .GroupBy(told => (string)told["subject"]!, told => (string)(told["data"]!["newStatus"] ?? told["data"]!["order"]!["status"])!)
            .ToDictionary(order => order.Key, order => order.ToArray());
    }
}
