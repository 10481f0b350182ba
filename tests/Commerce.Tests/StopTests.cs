using Commerce.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Commerce.Tests;

/// <summary>The services stop with nothing half done: who was being served has an answer, and those whom others ask stop last.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Stop_WhileTheBankIsThinking_LetsThePaymentFinish()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bank = await RecordingServer.StartAsync(async http =>
        {
            await answer.Task;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("""{ "id": "ch_1", "amount": 13835, "currency": "USD", "status": "succeeded", "refunded": 0 }""");
        });
        await using var shop = await Shop.StartAsync(options => options with { Environment = name => name == "PAYMENT_GATEWAY_URL" ? bank.Address.ToString() : null });
        var alice = await shop.AsAsync("alice", "order-service");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201).Id;
        var paying = alice.PostAsync($"/orders/{order}/pay");
        await Until.TrueAsync(() => !bank.Requests.IsEmpty, "the bank is asked");

        var stopping = shop.RestartAsync();
        await Until.TrueAsync(() => RefusesAsync(shop.Anonymous("order-service")), "nobody new is let in");
        Assert.False(stopping.IsCompleted);
        answer.SetResult();

        Assert.Equal("CONFIRMED", (await paying).Expect(200).Text("status"));
        await stopping;
        Assert.Single(bank.Requests);
        Assert.Equal("CONFIRMED", (await (await shop.AsAsync("alice", "order-service")).GetAsync($"/orders/{order}")).Expect(200).Text("status"));
    }

    private static async Task<bool> RefusesAsync(Api api)
    {
        try
        {
            await api.GetAsync("/health");
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }
}
