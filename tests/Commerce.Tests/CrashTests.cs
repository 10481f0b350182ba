using System.Net.Http.Json;
using System.Text.Json;
using Commerce.Shared.Hosting;
using Commerce.Tests.Support;

namespace Commerce.Tests;

/// <summary>The program is killed while it takes money; afterwards an independent reader compares orders and ledger.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private const int Orders = 24;
    private const int Stuck = 4;

    private string _data = "";
    private readonly HttpClient _client = new();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Pay_KilledInBetween_RepeatedUnderItsKeyChargesEachOrderOnce(int answersBeforeKill)
    {
        var orders = await PayUntilKilledAsync(answersBeforeKill);

        await using var host = await CommerceHost.StartAsync(
            new CommerceOptions { DataDirectory = _data, PortBase = 0, Environment = _ => null }, TestContext.Current.CancellationToken);
        foreach (var order in orders)
            Assert.True(await TryPayAsync(host.Address("order-service"), order));

        var ledger = ReadLedger();
        Assert.Equal(Enumerable.Range(1, ledger.Count), ledger.Select(line => line.GetProperty("seq").GetInt32()));
        Assert.Equal(orders.Select(order => order.Id).Order(StringComparer.Ordinal), Charged(ledger).Order(StringComparer.Ordinal));
    }

    public async ValueTask InitializeAsync() => _data = await Shop.PlantAsync();

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<OrderToPay[]> PayUntilKilledAsync(int answersBeforeKill)
    {
        await using var program = await CommerceProcess.Start("--data", _data, "--port-base", "0").ListeningAsync(9);
        await SignInAsync(program.Addresses["user-service"]);
        var service = program.Addresses["order-service"];
        // The provider charges the cards of the first orders and never says so: these are always under way when the end comes.
        var orders = await Task.WhenAll(Enumerable.Range(0, Orders).Select(
            i => PlaceAsync(service, i < Stuck ? "4000000000000259" : "4242424242424242")));
        var answered = 0;
        var paying = Task.WhenAll(orders.Select(async order =>
        {
            if (await TryPayAsync(service, order))
                Interlocked.Increment(ref answered);
        }));
        while (Volatile.Read(ref answered) < answersBeforeKill || !orders.Take(Stuck).All(order => Charged(ReadLedger()).Contains(order.Id)))
            await Task.Yield();
        program.Kill();
        await paying;
        return orders;
    }

    private async Task SignInAsync(Uri users)
    {
        var login = await _client.PostAsJsonAsync(new Uri(users, "/auth/login"), new { username = "alice", password = "alice-password" }, TestContext.Current.CancellationToken);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("accessToken").GetString();
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    private async Task<OrderToPay> PlaceAsync(Uri service, string card)
    {
        var reply = await _client.PostAsJsonAsync(new Uri(service, "/orders"), Requests.Order("user-alice", ("product1", 1)), TestContext.Current.CancellationToken);
        var order = await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return new OrderToPay(order.GetProperty("id").GetString()!, card);
    }

    private async Task<bool> TryPayAsync(Uri service, OrderToPay order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, $"/orders/{order.Id}/pay"));
        request.Headers.Add("Idempotency-Key", $"pay-{order.Id}");
        request.Content = JsonContent.Create(new { paymentMethod = new { cardNumber = order.Card } });
        try
        {
            using var reply = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // The program was killed with this request under way.
            return false;
        }
    }

    private List<JsonElement> ReadLedger()
    {
        using var reader = new StreamReader(new FileStream(
            Path.Combine(_data, "payment-provider-ledger.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        // A line that is just being written has no end yet.
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static IEnumerable<string> Charged(List<JsonElement> ledger) =>
        ledger.Select(line => line.GetProperty("entry").GetProperty("metadata").GetProperty("orderId").GetString()!);

    private sealed record OrderToPay(string Id, string Card);
}
