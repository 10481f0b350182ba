using System.Text;
using Headgate.Integration.Sagas;

namespace Headgate.Server.Tests.Sagas;

/// <summary>What sagas under way hold in memory, when clients send much and wait for nothing.</summary>
public class SagaRoomTests
{
    private const string Steps = """
              x-gateway-idempotency: {}
              x-gateway-saga:
                wait: 0s
                steps:
                  - { name: one, service: product-service, path: /one, input: { small: 1 } }
        """;

    private static readonly byte[] s_body = Encoding.UTF8.GetBytes($"\"{new string('x', SagaBounds.MostBodyBytes - 2)}\"");

    [Fact]
    public async Task SagasUnderWay_BeginAsLongAsThereIsMemory_AndAgainWhenOthersHaveEnded()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps);
        var gate = new TaskCompletionSource();
        gateway.Services.Before = async (_, _) =>
        {
            await gate.Task;
            return true;
        };
        Assert.Equal(202, await PostAsync(gateway, "first"));
        int begun = 1;
        int status;
        while ((status = await PostAsync(gateway, null)) == 202)
            begun++;

        int full = await PostAsync(gateway, "second");
        int again = await PostAsync(gateway, "first");
        gate.SetResult();
        await gateway.Services.IsCalledAsync("one", begun);
        await Support.Until.TrueAsync(async () => await PostAsync(gateway, "second") != 503, "there is room again");

        Assert.Equal((503, 503, 202), (status, full, again));

        // One that has just begun may not count yet.
        Assert.InRange(begun, SagaBounds.MostBytesUnderWay / (SagaBounds.MostBodyBytes + 4096), (SagaBounds.MostBytesUnderWay / SagaBounds.MostBodyBytes) + 2);
    }

    private static async Task<int> PostAsync(SagaGateway gateway, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new ByteArrayContent(s_body) { Headers = { { "Content-Type", "application/json" } } } };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
