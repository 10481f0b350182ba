using System.Net.Http.Headers;
using System.Text;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>A gateway in front of a service of the test, with operations that take idempotency keys.</summary>
internal sealed class IdempotentGateway : IAsyncDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config: { CONFIG idempotency: {}, circuitBreaker: false, timeout: { default: 20s }, tenancy: { header: X-Tenant-ID, acceptHeader: [Tenant] } }
        paths:
          /orders:
            post: { operationId: createOrder, responses: { "201": { description: created } } }
          /search:
            post: { operationId: search, responses: { "200": { description: found } } }
          /payments:
            post: { operationId: pay, x-gateway-idempotency: { required: true, maxAnswer: 1KiB, maxBody: 4KiB }, responses: { "201": { description: paid } } }
          /shared:
            post: { operationId: share, x-gateway-idempotency: { scope: tenant }, responses: { "201": { description: shared } } }
        """;

    private readonly TemporaryDirectory _directory;

    private IdempotentGateway(CountingService service, TestGateway gateway, TemporaryDirectory directory) => (Service, Gateway, _directory) = (service, gateway, directory);

    public CountingService Service { get; }

    public TestGateway Gateway { get; }

    /// <param name="config">More of <c>x-gateway-config</c>.</param>
    /// <param name="further">More of the document.</param>
    /// <param name="settings">Settings of the instance.</param>
    public static async Task<IdempotentGateway> StartAsync(string config = "", string further = "", params string[] settings)
    {
        var directory = new TemporaryDirectory();
        CountingService service = await CountingService.StartAsync();
        string document = directory.Write("shop.yaml", Document.Replace("CONFIG", config, StringComparison.Ordinal) + "\n" + further);
        return new IdempotentGateway(service, await TestGateway.StartAsync(document, service.Url, settings), directory);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    public Task<ShownAnswer> PostAsync(string path, string? key, string body = "{}", params (string Name, string Value)[] headers) => PostAsync(Gateway.Client, path, key, body, headers);

    public static async Task<ShownAnswer> PostAsync(HttpClient client, string path, string? key, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new ShownAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.TryGetValues("Idempotent-Replayed", out IEnumerable<string>? replayed) && replayed.Single() == "true",
            response.Headers.Location?.OriginalString);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Service.DisposeAsync();
        _directory.Dispose();
    }
}
