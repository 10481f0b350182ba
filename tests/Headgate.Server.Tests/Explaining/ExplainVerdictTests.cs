using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Explaining;

/// <summary>What <c>explain</c> says is what happens: each request is explained by the running gateway and then really made.</summary>
public class ExplainVerdictTests(ExplainVerdictTests.Fixture fixture) : IClassFixture<ExplainVerdictTests.Fixture>
{
    private const int UpstreamStatus = 203;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Fixtures, version: "1" }
        servers: [{ url: https://api.example/ }, { url: /v1 }]
        x-gateway-config:
          limits: { requestBody: 1KiB }
          cors: { origins: ["https://app.example"] }
        paths:
          /users/me:
            get: { operationId: me, responses: { "200": { description: ok } } }
          /users/{id}:
            get:
              operationId: user
              parameters: [{ name: id, in: path, required: true, schema: { type: string, minLength: 2 } }, { name: page, in: query, schema: { type: integer, minimum: 1 } }]
              responses: { "200": { description: ok, content: { application/json: {} } } }
            put:
              operationId: putUser
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
              requestBody: { content: { text/plain: {}, application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
              responses: { "200": { description: ok } }
          /files/{name}.json:
            get:
              operationId: file
              parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
              responses: { "200": { description: ok } }
          /hello:
            get:
              operationId: hello
              x-gateway-static: { body: hello }
              responses: { "200": { description: ok, content: { application/json: {} } }, "404": { description: none } }
          /incoming:
            post:
              operationId: incoming
              x-gateway-webhook-in: { secret: "${secret:HOOK}" }
              responses: { "200": { description: ok } }
        """;

    [Theory]
    [InlineData("GET", "/users/me", UpstreamStatus, "me")]
    [InlineData("GET", "/users/42", UpstreamStatus, "user")]
    [InlineData("GET", "/v1/users/42", UpstreamStatus, "user")]
    [InlineData("GET", "/users/42?expand=all", UpstreamStatus, "user")]
    [InlineData("GET", "/users/a%2Fb", UpstreamStatus, "user")]
    [InlineData("GET", "/users/%6De", UpstreamStatus, "me")]
    [InlineData("GET", "/x/../users/me", UpstreamStatus, "me")]
    [InlineData("HEAD", "/users/42", UpstreamStatus, "user")]
    [InlineData("GET", "/files/report.json", UpstreamStatus, "file")]
    [InlineData("PUT", "/users/42", UpstreamStatus, "putUser", "Content-Length: 1024", "Content-Type: text/plain")]
    [InlineData("PUT", "/users/42", 415, "putUser", "Content-Length: 1024")]
    [InlineData("PUT", "/users/42", 413, "putUser", "Content-Length: 1025", "Content-Type: text/plain")]
    [InlineData("GET", "/users/x", 400, "user")]
    [InlineData("GET", "/users/42?page=1", UpstreamStatus, "user")]
    [InlineData("GET", "/users/42?page=0", 400, "user")]
    [InlineData("GET", "/users/42", 406, "user", "Accept: image/png")]
    [InlineData("PUT", "/users/42", 400, null, "Content-Length: 3", "Transfer-Encoding: chunked")]
    [InlineData("PUT", "/users/42", 400, null, "Transfer-Encoding: gzip, chunked")]
    [InlineData("PUT", "/users/me", 405, null)]
    [InlineData("DELETE", "/users/42", 405, null)]
    [InlineData("GET", "/nothing", 404, null)]
    [InlineData("GET", "/v2/users/42", 404, null)]
    [InlineData("GET", "/users/42/", 404, null)]
    [InlineData("GET", "/files/report.xml", 404, null)]
    [InlineData("GET", "/users/%zz", 400, null)]
    [InlineData("GET", "/users/%00", 400, null)]
    [InlineData("GET", "/../../etc/passwd", 400, null)]
    [InlineData("OPTIONS", "/users/42", 204, null)]
    [InlineData("OPTIONS", "/users/42", 204, "putUser", "Origin: https://app.example", "Access-Control-Request-Method: PUT")]
    [InlineData("OPTIONS", "/nothing", 404, null)]
    [InlineData("GET", "/hello", 200, "hello")]
    [InlineData("GET", "/hello", 404, "hello", "Prefer: code=404")]
    [InlineData("GET", "/hello", 304, "hello", "If-None-Match: *")]
    [InlineData("GET", "/hello", 412, "hello", "If-Match: \"other\"")]
    [InlineData("GET", "/hello", 406, "hello", "Accept: text/plain")]
    [InlineData("POST", "/incoming", 501, "incoming", "Content-Length: 0")]
    public async Task Verdict_OfAnExplanation_IsTheRealAnswersStatus(string method, string target, int expected, string? operation, params string[] headers)
    {
        JsonElement report = await fixture.ExplainAsync(method, target, headers);
        int explained = report.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : UpstreamStatus;
        int real = await fixture.SendAsync(method, target, headers);
        Assert.Equal((expected, expected), (explained, real));
        Assert.Equal(operation, report.GetProperty("operation").GetString());
    }

    [Theory]
    [InlineData("""{"name":"Ann"}""", UpstreamStatus)]
    [InlineData("""{"name":1}""", 400)]
    [InlineData("{}", 400)]
    [InlineData("{", 400)]
    public async Task Verdict_OnABody_IsTheRealAnswersStatus(string body, int expected)
    {
        string[] headers = ["Content-Type: application/json", $"Content-Length: {body.Length}"];
        JsonElement report = await fixture.ExplainAsync("PUT", "/users/42", headers, body);
        int explained = report.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : UpstreamStatus;

        Assert.Equal((expected, expected), (explained, await fixture.SendAsync("PUT", "/users/42", headers, body)));
    }

    [Fact]
    public async Task Explanation_OfAForward_CallsNobodyAndCountsNothing()
    {
        int before = fixture.Upstream.Requests.Count;
        JsonElement report = await fixture.ExplainAsync("GET", "/users/only-explained", []);
        Assert.Equal(JsonValueKind.Null, report.GetProperty("status").ValueKind);
        Assert.DoesNotContain(fixture.Upstream.Requests.Skip(before), request => request.Contains("only-explained", StringComparison.Ordinal));
        Assert.Equal("forward", report.GetProperty("steps").EnumerateArray().Last().GetProperty("by").GetString());
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TemporaryDirectory _directory = new();
        private TestGateway _gateway = null!;

        internal TestUpstream Upstream { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Upstream = await TestUpstream.StartAsync(context =>
            {
                context.Response.StatusCode = UpstreamStatus;
                return Task.CompletedTask;
            });
            _gateway = await TestGateway.StartAsync(_directory.Write("fixtures.yaml", Document), Upstream.Url);
        }

        public async ValueTask DisposeAsync()
        {
            await _gateway.DisposeAsync();
            await Upstream.DisposeAsync();
            _directory.Dispose();
        }

        internal async Task<JsonElement> ExplainAsync(string method, string target, string[] headers, string? body = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/explain") { Headers = { { "X-Admin-Key", TestGateway.AdminKeyText } } };
            request.Content = JsonContent.Create(new { method, url = target, headers, body });
            using HttpResponseMessage response = await _gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        }

        // Byte for byte: an HTTP client would mend most of these requests.
        internal async Task<int> SendAsync(string method, string target, string[] headers, string? sent = null)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _gateway.Host.Addresses[0].Port, TestContext.Current.CancellationToken);
            NetworkStream stream = client.GetStream();
            string fields = string.Concat(headers.Select(header => header + "\r\n"));
            string? length = headers.FirstOrDefault(header => header.StartsWith("Content-Length: ", StringComparison.Ordinal))?.Split(' ')[1];
            string body = sent ?? (length is null ? "" : new string('x', int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)));
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n{body}"), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            string? statusLine = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
            return int.Parse(statusLine!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
