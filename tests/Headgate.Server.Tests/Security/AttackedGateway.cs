using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Server.Tests.Security;

/// <summary>
/// A real gateway before a service that tells which header fields it saw. Requests go to it byte for byte; each is explained too, and afterwards its log and its access log are looked
/// through for secrets.
/// </summary>
internal sealed class AttackedGateway : IAsyncDisposable
{
    public const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID] } }
        paths:
          /mine: { get: { operationId: mine, security: [{ user: [] }], responses: { "200": { description: ok } } } }
          /keyed: { get: { operationId: keyed, security: [{ key: [] }], responses: { "200": { description: ok } } } }
          /public: { get: { operationId: public, responses: { "200": { description: ok } } } }
          /tenants/{tenantId}/orders:
            parameters: [{ name: tenantId, in: path, required: true, schema: { type: string } }]
            get: { operationId: orders, security: [{ user: [] }], x-gateway-authorize: { permission: "order:read", scope: "tenant:{tenantId}" }, responses: { "200": { description: ok } } }
          /search:
            get:
              operationId: search
              parameters:
                - { name: linear, in: query, schema: { type: string, pattern: "^(a+)+$" } }
                - { name: slow, in: query, schema: { type: string, pattern: "^(?=(a+)+$).*$" } }
                - { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
              responses: { "200": { description: ok } }
          /small:
            x-gateway-limits: { requestUrl: 64B, requestHeaders: 2KiB, requestBody: 1KiB }
            get: { operationId: small, responses: { "200": { description: ok } } }
            post: { operationId: post, responses: { "200": { description: ok } } }
          /cookies: { get: { operationId: cookies, parameters: [{ name: c, in: cookie, schema: { type: integer } }], responses: { "200": { description: ok } } } }
          /body:
            post:
              operationId: body
              x-gateway-validation: { maxBody: 16KiB }
              requestBody:
                required: true
                content: { application/json: { schema: { properties: { linear: { pattern: "^(a+)+$" }, slow: { pattern: "^(?=(a+)+$).*$" } } } } }
              responses: { "200": { description: ok } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://shop"], jwks: { file: keys.json } } }
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }
        """;

    // One for all tests: keys are slow to make.
    private static readonly TokenForge s_issuer = new();

    private readonly TemporaryDirectory _directory;
    private readonly MessageLog _log;
    private bool _isStopped;
    private int _status;

    private AttackedGateway(TemporaryDirectory directory, TestUpstream upstream, MessageLog log, TestGateway gateway) =>
        (_directory, Upstream, _log, Gateway) = (directory, upstream, log, gateway);

    public static TokenForge Issuer => s_issuer;

    public TestUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public static async Task<AttackedGateway> StartAsync(string document = Document)
    {
        var directory = new TemporaryDirectory();
        directory.Write("keys.json", s_issuer.KeySetJson);
        TestUpstream upstream = await TestUpstream.StartAsync(TellFieldsAsync);
        var log = new MessageLog();
        var own = new TemporaryDirectory();
        var options = TestGateway.Options(own, [directory.Write("shop.yaml", document)], [$"upstream={upstream.Url}", $"access-log=json:{directory.PathOf("access.log")}"]);
        return new AttackedGateway(directory, upstream, log, await TestGateway.StartAsync(options, own, log));
    }

    /// <summary>Sends a request and has it explained: both must say the status, and unless it is 200 the service must not have seen it.</summary>
    /// <param name="status">The status.</param>
    /// <param name="request">Method and target.</param>
    /// <param name="headers">Header fields.</param>
    /// <param name="body">The body; null for none.</param>
    /// <returns>The answer, with its head.</returns>
    public async Task<string> AnswersAsync(int status, string request, string[] headers, string? body = null)
    {
        string answer = await SendAsync(request, headers, body);
        JsonElement report = await ExplainAsync(request, headers, body);
        int explained = report.GetProperty("status") is { ValueKind: JsonValueKind.Number } told ? told.GetInt32() : 200;
        int answered = int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.True((status, status) == (answered, explained), $"{request} is answered {answered} and explained as {explained}, not {status}: {answer}\n{report}");
        Assert.Equal(status == 200 ? 1 : 0, Upstream.Requests.Count);
        _status = status;
        return answer;
    }

    /// <summary>Stops the gateway, so that everything is written that it had to tell: the answer, and nothing secret.</summary>
    /// <returns>Its log.</returns>
    public async Task<string> NothingToldAsync(params string[] secrets)
    {
        await StopAsync();
        string log = string.Join('\n', _log.Messages);
        string accessLog = await File.ReadAllTextAsync(_directory.PathOf("access.log"), TestContext.Current.CancellationToken);
        Assert.Contains($"\"status\":{_status},", accessLog, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log + accessLog, StringComparison.Ordinal));
        return log;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Upstream.DisposeAsync();
        _directory.Dispose();
    }

    public async Task<string> SendAsync(string request, string[] headers, string? body = null)
    {
        using RawConnection client = await RawConnection.ConnectAsync(Gateway.Client.BaseAddress!);
        string length = body is null || headers.Any(header => header.StartsWith("Transfer-Encoding:", StringComparison.Ordinal)) ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        await client.SendAsync($"{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{length}{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}");
        return (await client.ReadToEndAsync()).Text;
    }

    private async Task StopAsync()
    {
        if (!_isStopped)
            await Gateway.DisposeAsync();
        _isStopped = true;
    }

    private static async Task TellFieldsAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        IHeaderDictionary trailers = context.Features.Get<IHttpRequestTrailersFeature>()?.Trailers ?? new HeaderDictionary();
        await context.Response.WriteAsync(string.Concat(context.Request.Headers.Concat(trailers).Select(field => $"{field.Key}: {field.Value}\n")), TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> ExplainAsync(string request, string[] headers, string? body)
    {
        string[] words = request.Split(' ');
        return await new AdminApi(Gateway).SendAsync("POST", "/explain", body: new { method = words[0], url = words[1], headers, body });
    }
}
