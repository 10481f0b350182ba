using System.Net.Http.Json;
using System.Text.Json;
using Commerce.Shared.Hosting;
using Commerce.Tests.Support;

namespace Commerce.Tests;

/// <summary>The program is killed while it takes money; afterwards an independent reader compares orders and ledger.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Orders = 24;

    private readonly string _data = Path.Combine(Path.GetTempPath(), $"commerce-tests-{Guid.NewGuid():N}");
    private readonly HttpClient _client = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public async Task Pay_KilledInBetween_RepeatedUnderItsKeyChargesEachOrderOnce(int answersBeforeKill)
    {
        string[] orders;
        await using (var program = await CommerceProcess.Start("--data", _data, "--port-base", "0").ListeningAsync(9))
        {
            await SignInAsync(program.Addresses["user-service"]);
            var service = program.Addresses["order-service"];
            orders = [.. await Task.WhenAll(Enumerable.Range(0, Orders).Select(_ => PlaceAsync(service)))];
            var answered = 0;
            await Task.WhenAll(orders.Select(async order =>
            {
                if (await TryPayAsync(service, order) && Interlocked.Increment(ref answered) == answersBeforeKill)
                    program.Kill();
            }));
            Assert.InRange(answered, answersBeforeKill, Orders);
        }

        await using var host = await CommerceHost.StartAsync(
            new CommerceOptions { DataDirectory = _data, PortBase = 0, Environment = _ => null }, TestContext.Current.CancellationToken);
        foreach (var order in orders)
            Assert.True(await TryPayAsync(host.Address("order-service"), order));

        var lines = File.ReadAllLines(_data + "/payment-provider-ledger.jsonl").Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => line.GetProperty("seq").GetInt32()));
        var charged = lines.Select(line => line.GetProperty("entry").GetProperty("metadata").GetProperty("orderId").GetString()!);
        Assert.Equal(orders.Order(StringComparer.Ordinal), charged.Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task SignInAsync(Uri users)
    {
        var login = await _client.PostAsJsonAsync(new Uri(users, "/auth/login"), new { username = "alice", password = "alice-password" }, TestContext.Current.CancellationToken);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("accessToken").GetString();
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    private async Task<string> PlaceAsync(Uri service)
    {
        var reply = await _client.PostAsJsonAsync(new Uri(service, "/orders"), Requests.Order("user-alice", ("product1", 1)), TestContext.Current.CancellationToken);
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString()!;
    }

    private async Task<bool> TryPayAsync(Uri service, string order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service, $"/orders/{order}/pay"));
        request.Headers.Add("Idempotency-Key", $"pay-{order}");
        try
        {
            using var reply = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
