using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas of several documents in one gateway.</summary>
public class SagaApisTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        servers: [{ url: /NAME }]
        x-gateway-config: { services: { order-service: URL/order-service } }
        paths:
          /orders:
            post:
              operationId: createOrder
              responses: { "201": { description: created } }
              x-gateway-saga: { steps: [{ name: create, service: order-service, path: /orders }] }
        """;

    // What they say is the same to the letter: whose services are called is not.
    [Fact]
    public async Task Apis_ThatSayTheSame_CallEachItsOwnServices_AndEveryCallIsCounted()
    {
        await using RecordingServices europe = await RecordingServices.StartAsync();
        await using RecordingServices america = await RecordingServices.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(
            TestGateway.Options(directory, [Write(directory, "europe", europe), Write(directory, "america", america)], []), new TemporaryDirectory());
        foreach (string api in new[] { "europe", "america", "europe" })
        {
            using HttpResponseMessage response = await gateway.Client.PostAsync($"/{api}/orders", null, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)response.StatusCode);
        }

        Assert.Equal((2, 1), (europe.Calls.Count, america.Calls.Count));
        string metrics = await gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("\nheadgate_upstream_requests_total{service=\"order-service\"} 3\n", metrics, StringComparison.Ordinal);
    }

    private static string Write(TemporaryDirectory directory, string name, RecordingServices services)
    {
        string path = directory.PathOf($"{name}.yaml");
        File.WriteAllText(path, Document.Replace("NAME", name, StringComparison.Ordinal).Replace("URL", services.Url.ToString().TrimEnd('/'), StringComparison.Ordinal));
        return path;
    }
}
