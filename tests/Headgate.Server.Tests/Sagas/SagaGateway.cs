using System.Net.Http.Headers;
using System.Text;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Operations;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Sagas;

/// <summary>A gateway with sagas in front of recording services; it can be stopped and started again on the same data.</summary>
internal sealed class SagaGateway : IAsyncDisposable
{
    /// <summary>microservices-api-example.md, POST /orders: the printed map in YAML, letter for letter.</summary>
    public const string Printed = """
              x-gateway-saga:
                steps:
                  - name: validate-products
                    service: product-service
                    path: /products/validate
                    compensate: null
                  - name: reserve-inventory
                    service: inventory-service
                    path: /inventory/reserve
                    compensate: /inventory/release
                  - name: create-order
                    service: order-service
                    path: /orders
                    compensate: /orders/{orderId}/cancel
                  - name: process-payment
                    service: payment-service
                    path: /payments
                    compensate: /payments/{paymentId}/refund
                timeout: 60
        """;

    private const string Head = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config:
          services:
            product-service: URL/product-service
            inventory-service: URL/inventory-service
            order-service: URL/order-service
            payment-service: URL/payment-service
          tenancy: { header: X-Tenant-ID, acceptHeader: [Tenant] }
          CONFIG
        paths:
          /orders:
            post:
              operationId: createOrderSaga
              parameters: [{ name: dry, in: query, schema: { type: string } }, { name: X-Channel, in: header, schema: { type: string } }]
              requestBody: { content: { application/json: {} } }
              responses: { "201": { description: created } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string[] _settings;
    private readonly string _document;
    private readonly TimeProvider _time;
    private TestGateway? _gateway;

    private SagaGateway(RecordingServices services, string[] settings, TimeProvider time) => (Services, _settings, _time, _document) = (services, settings, time, _directory.PathOf("shop.yaml"));

    public RecordingServices Services { get; }

    /// <summary>What the gateway logs.</summary>
    public MessageLog Log { get; } = new();

    public TestGateway Gateway => _gateway!;

    public OperationRegistry Operations => Gateway.Host.Operations.Registry;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<SagaGateway> StartAsync(string saga = Printed, string config = "", params string[] settings) => StartAsync(saga, TimeProvider.System, config, settings);

    public static async Task<SagaGateway> StartAsync(string saga, TimeProvider time, string config = "", params string[] settings)
    {
        var gateway = new SagaGateway(await RecordingServices.StartAsync(), settings, time);
        gateway.Write(saga, config);
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>Writes the document anew.</summary>
    public void Write(string saga, string config = "") => File.WriteAllText(
        _document, Head.Replace("URL", Services.Url.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace("CONFIG", config, StringComparison.Ordinal) + "\n" + saga + "\n");

    /// <summary>Starts on the data that there are.</summary>
    public async Task StartAsync()
    {
        ServerOptions options = TestGateway.Options(_directory, [_document], [.. _settings]);
        _gateway = await TestGateway.StartAsync(options, new TemporaryDirectory(), Log, time: _time);
    }

    /// <summary>Stops, as a process that is told to.</summary>
    public async Task StopAsync()
    {
        await Gateway.DisposeAsync();
        _gateway = null;
    }

    public async Task<SagaReplyShown> PostAsync(string body = """{"items":[{"productId":"p1","quantity":2}]}""", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Gateway.Client.SendAsync(request, Stop);
        return new SagaReplyShown(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(Stop),
            response.Headers.TryGetValues("Idempotent-Replayed", out IEnumerable<string>? replayed) && replayed.Single() == "true",
            response.Headers.Location?.OriginalString);
    }

    /// <summary>The one saga that there is.</summary>
    public async Task<OperationRecord> FindAsync() =>
        (await Operations.FindAsync(Assert.Single(Services.Calls.Select(call => call.Key.Split('/')[0]).Distinct()), Stop))!;

    /// <summary>Waits until the one saga that there is has come to a state.</summary>
    public async Task<OperationRecord> IsAsync(OperationState state)
    {
        OperationRecord? record = null;
        await Until.TrueAsync(async () => (record = await FindAsync()).State == state, $"the saga is {state}");
        return record!;
    }

    /// <summary>The types of the events that tell of operations.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync()
    {
        EventPage page = await Gateway.Host.Events.Log.ReadAsync(0, EventFilter.Everything, 500, Stop);
        return [.. page.Events.Select(stored => stored.Event.Type)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await StopAsync();
        await Services.DisposeAsync();
        _directory.Dispose();
    }
}
