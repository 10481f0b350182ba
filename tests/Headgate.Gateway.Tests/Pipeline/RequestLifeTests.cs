using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Pipeline;

/// <summary>A request's way from client to upstream and back, through a real gateway and a real upstream.</summary>
public sealed class RequestLifeTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        servers: [{ url: https://api.example.com }, { url: https://api.example.com/v1 }]
        x-gateway-config:
          tenancy: { acceptHeader: [tenantId] }
          limits: { requestBody: 1KiB }
          cors: { origins: ["https://app.example"] }
        paths:
          /orders/{orderId}:
            get: { operationId: getOrder, parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }], responses: { "200": { description: ok } } }
          /orders:
            post: { operationId: createOrder, responses: { "201": { description: created } } }
          /mine/{id}/report:
            get:
              operationId: report
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
              x-gateway-backend: { path: "/reports/{id}?kind={id}", method: POST }
              responses: { "200": { description: ok } }
        """;

    private EchoUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await EchoUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(
            Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [_upstream.Url] } });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("/orders/42", "/orders/42")]
    [InlineData("/v1/orders/42?x=1&y=%20", "/v1/orders/42?x=1&y=%20")]
    [InlineData("/orders/a%2fb", "/orders/a%2Fb")]
    [InlineData("/orders/%41", "/orders/A")]
    [InlineData("/orders/../orders/7", "/orders/7")]
    public async Task Forward_MatchedPath_IsThePathThatIsForwarded(string sent, string seen)
    {
        JsonElement echo = await EchoOf(HttpMethod.Get, sent);
        Assert.Equal(seen, echo.GetProperty("target").GetString());
    }

    [Fact]
    public async Task Forward_BackendPath_IsFilledFromTheRequest()
    {
        JsonElement echo = await EchoOf(HttpMethod.Get, "/mine/a%2Fb&c/report?page=2");
        Assert.Equal("/reports/a%2Fb&c?kind=a%2Fb%26c&page=2", echo.GetProperty("target").GetString());
        Assert.Equal("POST", echo.GetProperty("method").GetString());
    }

    [Fact]
    public async Task Forward_Body_PassesUnchanged()
    {
        using HttpResponseMessage response = await _gateway.Client.PostAsync("/orders", new StringContent("{\"a\":1}"));
        JsonElement echo = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("{\"a\":1}", echo.GetProperty("body").GetString());
        Assert.Equal("7", echo.GetProperty("headers").GetProperty("Content-Length").GetString());
    }

    [Fact]
    public async Task Forward_Headers_AreStrippedAndAdded()
    {
        JsonElement headers = (await EchoOf(HttpMethod.Get, "/orders/1", request =>
        {
            request.Headers.Add("X-User-ID", "mallory");
            request.Headers.Add("X_Tenant_ID", "evil");
            request.Headers.Add("X-Tenant-ID", "evil");
            request.Headers.Add("tenantId", "acme");
            request.Headers.Add("Forwarded", "for=10.0.0.1");
            request.Headers.Add("X-Forwarded-For", "10.0.0.1");
            request.Headers.Add("Connection", "x-private");
            request.Headers.Add("X-Private", "for this hop");
            request.Headers.Add("Via", "1.0 edge");
            request.Headers.Add("X-Custom", "kept");
        })).GetProperty("headers");

        Assert.False(headers.TryGetProperty("X-User-ID", out _));
        Assert.False(headers.TryGetProperty("X_Tenant_ID", out _));
        Assert.False(headers.TryGetProperty("X-Private", out _));
        Assert.Equal("acme", headers.GetProperty("X-Tenant-ID").GetString());
        Assert.Equal("127.0.0.1", headers.GetProperty("X-Forwarded-For").GetString());
        Assert.StartsWith("for=127.0.0.1;host=", headers.GetProperty("Forwarded").GetString(), StringComparison.Ordinal);
        Assert.Equal("1.0 edge, 1.1 headgate", headers.GetProperty("Via").GetString());
        Assert.Equal("kept", headers.GetProperty("X-Custom").GetString());
    }

    [Fact]
    public async Task Forward_TraceContext_IsContinuedWithAnOwnSpan()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        JsonElement headers = (await EchoOf(HttpMethod.Get, "/orders/1", request =>
        {
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-00");
            request.Headers.Add("tracestate", "vendor=1");
        })).GetProperty("headers");

        string sent = headers.GetProperty("traceparent").GetString()!;
        Assert.Matches($"^00-{trace}-[0-9a-f]{{16}}-00$", sent);
        Assert.DoesNotContain("00f067aa0ba902b7", sent, StringComparison.Ordinal);
        Assert.Equal("vendor=1", headers.GetProperty("tracestate").GetString());
    }

    [Theory]
    [InlineData("good-id_1.2", true)]
    [InlineData("bad id", false)]
    [InlineData("<script>", false)]
    public async Task RequestId_AcceptableOnes_AreKeptAndAnswered(string sent, bool kept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/1");
        request.Headers.TryAddWithoutValidation("X-Request-ID", sent);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request);
        string id = response.Headers.GetValues("X-Request-ID").Single();
        JsonElement echo = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(id, echo.GetProperty("headers").GetProperty("X-Request-ID").GetString());
        if (kept)
            Assert.Equal(sent, id);
        else
            Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "NOT_FOUND")]
    [InlineData("GET", "/orders/", 404, "NOT_FOUND")]
    [InlineData("GET", "/v2/orders/1", 404, "NOT_FOUND")]
    [InlineData("DELETE", "/orders/1", 405, "METHOD_NOT_ALLOWED")]
    public async Task Refusals_AreProblems(string method, string path, int status, string code)
    {
        int before = _upstream.Requests;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(path, problem.GetProperty("instance").GetString());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        Assert.Single(response.Headers.GetValues("X-Request-ID"));
        Assert.Equal(before, _upstream.Requests);
    }

    [Fact]
    public async Task BodyLimit_DeclaredAndStreamed_IsHeld()
    {
        using HttpResponseMessage declared = await _gateway.Client.PostAsync("/orders", new ByteArrayContent(new byte[1025]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, declared.StatusCode);

        using RawConnection client = await RawConnection.ConnectAsync(_gateway.Url);
        await client.SendAsync($"POST /orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n{new string('x', 5000)}\r\n0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_TellsTheMethods()
    {
        using HttpResponseMessage response = await _gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/orders"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["OPTIONS", "POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task Cors_PreflightAndAnswer_ServeTheAllowedOrigins(string origin, bool allowed)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/orders");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using HttpResponseMessage permitted = await _gateway.Client.SendAsync(preflight);
        Assert.Equal(allowed, permitted.Headers.Contains("Access-Control-Allow-Methods"));
        Assert.Equal(allowed, permitted.Headers.Contains("Access-Control-Allow-Origin"));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders/1");
        request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request);
        Assert.Equal(allowed, response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Contains("Origin", response.Headers.Vary);
    }

    [Fact]
    public async Task Head_IsForwardedAsHead_AndHasNoBody()
    {
        using HttpResponseMessage response = await _gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/orders/1"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    private async Task<JsonElement> EchoOf(HttpMethod method, string target, Action<HttpRequestMessage>? prepare = null)
    {
        // The raw form: a Uri would normalise the path before it is sent.
        using var request = new HttpRequestMessage(method, new Uri(_gateway.Url.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        prepare?.Invoke(request);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
