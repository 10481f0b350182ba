using System.Text;
using Commerce.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Commerce.Tests;

public class TracingTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string SpanId = "b7ad6b7169203331";

    private static readonly (string, string) TraceParent = ("traceparent", $"00-{TraceId}-{SpanId}-01");

    [Fact]
    public async Task Request_ThroughThreeServices_IsExportedAsOneTrace()
    {
        await using var collector = await RecordingServer.StartAsync(http => Task.CompletedTask);
        await using (var shop = await Shop.StartAsync(options => options with
        {
            Environment = name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? collector.Address.ToString() : null,
        }))
        {
            var alice = await shop.AsAsync("alice", "order-service");
            var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201);
            (await alice.PostAsync($"{order.Header("Location")}/pay", null, TraceParent)).Expect(200);
        }

        var spans = collector.Requests.Where(request => request.Path == "/v1/traces" && Contains(request.Body, Convert.FromHexString(TraceId))).ToList();
        foreach (var service in new[] { "order-service", "payment-service", "payment-provider" })
            Assert.Contains(spans, request => Contains(request.Body, Encoding.UTF8.GetBytes(service)));
        Assert.Contains(spans, request => Contains(request.Body, Convert.FromHexString(SpanId)));
    }

    [Fact]
    public async Task CallToAnotherService_CarriesTheTraceTheIdsAndTheKey()
    {
        await using var products = await RecordingServer.StartAsync(http =>
            http.Response.WriteAsync("""{"valid":true,"products":[{"id":"p","name":"P","price":{"amount":1,"currency":"USD"}}]}"""));
        await using var shop = await Shop.StartAsync(options => options with
        {
            Environment = name => name == "PRODUCT_SERVICE_URL" ? products.Address.ToString() : null,
        });
        var alice = await shop.AsAsync("alice", "order-service");

        (await alice.PostAsync("/orders", Requests.Order("user-alice", ("p", 1)), TraceParent, ("X-Request-ID", "req-1"), ("X-Correlation-ID", "cor-1"))).Expect(201);

        var call = Assert.Single(products.Requests);
        Assert.Equal(
            ("req-1", "cor-1", "user-alice", "acme", shop.Host.ServiceKey),
            (call.Header("X-Request-ID"), call.Header("X-Correlation-ID"), call.Header("X-User-ID"), call.Header("X-Tenant-ID"), call.Header("X-API-Key")));
        Assert.StartsWith($"00-{TraceId}-", call.Header("traceparent"), StringComparison.Ordinal);
        Assert.DoesNotContain(SpanId, call.Header("traceparent")!, StringComparison.Ordinal);
        Assert.Null(call.Header("Authorization"));
    }

    [Fact]
    public async Task Error_OfATracedRequest_NamesTheTrace()
    {
        await using var shop = await Shop.StartAsync();

        var reply = (await shop.Anonymous("order-service").GetAsync("/orders", TraceParent)).Expect(401);

        Assert.Equal(TraceId, reply.Text("traceId"));
    }

    [Theory]
    [InlineData("abc-1", true)]
    [InlineData("has space", false)]
    [InlineData("<script>", false)]
    public async Task RequestId_Inbound_IsKeptWhenSaneAndReplacedElse(string sent, bool kept)
    {
        await using var shop = await Shop.StartAsync(options => options with { Service = "product" });

        var reply = await shop.Anonymous("product-service").GetAsync("/health", ("X-Request-ID", sent));

        Assert.Equal(kept, reply.Header("X-Request-ID") == sent);
        Assert.Equal(reply.Header("X-Request-ID"), reply.Header("X-Correlation-ID"));
    }

    private static bool Contains(byte[] body, byte[] sought) => body.AsSpan().IndexOf(sought) >= 0;
}
