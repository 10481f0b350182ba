using System.Net;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.View;

/// <summary>Views of answers, by a real gateway.</summary>
public class ViewTests
{
    private const string Whole = """{"id":7,"name":"Shoe \"red\"","price":{"amount":9.90,"currency":"EUR","tax":{"rate":19}},"images":[{"url":"a","alt":"x"},{"url":"b"}],"stock":null}""";
    private const string Mobile = """{"id":7,"name":"Shoe \"red\"","price":{"amount":9.90},"images":[{"url":"a"},{"url":"b"}]}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mobile", null, Mobile)]
    [InlineData("web", null, """{"id":7,"price":{"amount":9.90,"currency":"EUR","tax":{"rate":19}},"stock":null}""")]
    [InlineData(null, "mobile", Mobile)]
    [InlineData("web", "mobile", """{"id":7,"price":{"amount":9.90,"currency":"EUR","tax":{"rate":19}},"stock":null}""")]
    [InlineData(null, "tablet", Whole)]
    [InlineData(null, null, Whole)]
    public async Task View_IsChosenByTheField_ElseByTheClaim_ElseTheWhole(string? header, string? claim, string expected)
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        await using TestGateway gateway = await StartAsync(upstream.Url, claim: claim);
        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", header);
        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
        Assert.Equal(["Authorization", "X-View"], response.Headers.Vary.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/mobile/items/7", "web", 200, Mobile)]
    [InlineData("/tablet/items/7", "mobile", 400, "The views are mobile, web.")]
    public async Task View_IsChosenByThePath_OverTheField(string path, string header, int status, string expected)
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage response = await AskAsync(gateway, path, header);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(expected, await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task View_ThatThereIsNot_IsRefused_BeforeTheServiceIsAsked()
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "tablet");
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal((HttpStatusCode.BadRequest, "urn:headgate:error:view-unknown", 0), (response.StatusCode, problem.RootElement.GetProperty("type").GetString(), upstream.Requests));
    }

    [Fact]
    public async Task View_IsARepresentationOfItsOwn()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.AcceptRanges = "bytes";
            context.Response.Headers["Content-Digest"] = "sha-256=:x:";
            if (context.Request.Headers.IfNoneMatch.ToString().Contains("\"v1\"", StringComparison.Ordinal) || context.Request.Headers.IfModifiedSince.Count > 0)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            Assert.Empty(context.Request.Headers.Range.ToString());
            Assert.Equal("identity", context.Request.Headers.AcceptEncoding);
            context.Response.ContentType = "application/vnd.shop+json; charset=utf-8";
            context.Response.ContentLength = Whole.Length;
            return context.Response.WriteAsync(Whole);
        });
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage first = await AskAsync(gateway, "/items/7", "mobile", request => request.Headers.TryAddWithoutValidation("Range", "bytes=0-3"));
        Assert.Equal((Mobile, "\"v1--mobile\"", false, false, (long?)Mobile.Length), (await first.Content.ReadAsStringAsync(Stop), first.Headers.ETag!.Tag, first.Headers.Contains("Accept-Ranges"), first.Headers.Contains("Content-Digest"), ContentLength(first)));

        using HttpResponseMessage same = await AskAsync(gateway, "/items/7", "mobile", request => request.Headers.TryAddWithoutValidation("If-None-Match", "\"x,y\", \"v1--mobile\""));
        Assert.Equal((HttpStatusCode.NotModified, "\"v1--mobile\""), (same.StatusCode, same.Headers.ETag!.Tag));

        // Who has seen the whole, or another view, has not seen this one, whatever the date (RFC 9110 §13.1.3).
        foreach (string tag in new[] { "\"v1\"", "\"v1--web\"" })
        {
            using HttpResponseMessage other = await AskAsync(gateway, "/items/7", "mobile", request =>
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                request.Headers.IfModifiedSince = DateTimeOffset.UnixEpoch;
            });
            Assert.Equal((tag, HttpStatusCode.OK), (tag, other.StatusCode));
        }
    }

    [Fact]
    public async Task Head_HasTheFieldsOfTheView()
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "mobile", request => request.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, (long?)null), (response.StatusCode, ContentLength(response)));
    }

    [Theory]
    [InlineData("text/csv", "a;b", 200)]
    [InlineData("application/json", "{\"error\":{\"id\":1}}", 404)]
    [InlineData("application/problem+json", "{\"title\":\"no\"}", 409)]
    public async Task WhatIsNoJson_OrNoSuccess_PassesAsItIs(string type, string body, int status)
    {
        await using EchoUpstream upstream = await JsonAsync(body, type, status);
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "mobile");
        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
    }

    [Theory]
    [InlineData("{\"id\":7", "")]
    [InlineData("hello", "")]
    [InlineData("{\"id\":7}", "gzip")]
    public async Task AnswerThatIsNoneThatCanBeRead_Is502(string body, string coding)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            if (coding.Length > 0)
                context.Response.Headers.ContentEncoding = coding;
            return context.Response.WriteAsync(body);
        });
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "mobile");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("view-answer-invalid", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatBreaksOffBehindItsBeginning_NeverLooksWhole()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[{\"id\":1},");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync("nonsense");
        });
        await using TestGateway gateway = await StartAsync(upstream.Url);
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "mobile");
            response.EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task View_GoesOutWhileTheAnswerComes()
    {
        var goOn = new TaskCompletionSource();
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[{\"id\":1,\"x\":2},");
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync("{\"x\":[1,2],\"id\":3}]");
        });
        await using TestGateway gateway = await StartAsync(upstream.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/items/7");
        request.Headers.Add("X-View", "mobile");
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using Stream body = await response.Content.ReadAsStreamAsync(Stop);
        byte[] first = new byte["[{\"id\":1}".Length];
        await body.ReadExactlyAsync(first, Stop);
        Assert.Equal("[{\"id\":1}", Encoding.ASCII.GetString(first));
        goOn.SetResult();
        using var rest = new StreamReader(body);
        Assert.Equal(",{\"id\":3}]", await rest.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task View_OfAnAggregate_IsCompressedForWhoAcceptsIt()
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        string document = Document(upstream.Url).Replace("x-gateway-backend: shop", "x-gateway-aggregate: [{ service: shop, path: /a, field: id }, { service: shop, path: /b, field: price }]\n      x-gateway-compression: { minSize: 0 }", StringComparison.Ordinal);
        await using TestGateway gateway = await TestGateway.StartAsync(document, new PlanOptions { SecurityPassthrough = true });
        using HttpResponseMessage plain = await AskAsync(gateway, "/items/7", "mobile");
        Assert.Equal("{\"id\":" + Whole + ",\"price\":{}}", await plain.Content.ReadAsStringAsync(Stop));

        using HttpResponseMessage response = await AskAsync(gateway, "/items/7", "mobile", request => request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var unzipped = new System.IO.Compression.GZipStream(await response.Content.ReadAsStreamAsync(Stop), System.IO.Compression.CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal("{\"id\":" + Whole + ",\"price\":{}}", await reader.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Cache_KeepsTheWhole_ForAllViews()
    {
        await using EchoUpstream upstream = await JsonAsync(Whole);
        string document = Document(upstream.Url).Replace("x-gateway-backend: shop", "x-gateway-backend: shop\n      x-gateway-cache: { ttl: 60s, shared: true }", StringComparison.Ordinal);
        await using TestGateway gateway = await TestGateway.StartAsync(document, new PlanOptions { SecurityPassthrough = true });
        foreach ((string? view, string expected) in new[] { ("mobile", Mobile), (null, Whole), ("mobile", Mobile) })
        {
            using HttpResponseMessage response = await AskAsync(gateway, "/items/7", view);
            Assert.Equal(expected, await response.Content.ReadAsStringAsync(Stop));
        }

        Assert.Equal(1, upstream.Requests);
    }

    [Theory]
    [InlineData("views: { a: [x..y] }", "HG2940")]
    [InlineData("views: { a: ['.'] }", "HG2940")]
    [InlineData("{ views: { a: [x] }, default: b }", "HG2690")]
    public void Mistake_IsALoadError(string view, string code)
    {
        string document = Document(new Uri("http://127.0.0.1:1")).Replace("{ views: { mobile:", $"{(view[0] == '{' ? view : $"{{ {view} }}")} #", StringComparison.Ordinal);
        PlanResult result = TestGateway.Compile(new PlanOptions { SecurityPassthrough = true }, document);
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Descriptor.Code == code && item.Severity == DiagnosticSeverity.Error);
    }

    private static long? ContentLength(HttpResponseMessage response) =>
        response.Content.Headers.TryGetValues("Content-Length", out IEnumerable<string>? values) && response.Headers.TransferEncodingChunked != true ? long.Parse(values.Single(), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static Task<EchoUpstream> JsonAsync(string body, string type = "application/json", int status = 200) => EchoUpstream.StartAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(body);
    });

    private static async Task<HttpResponseMessage> AskAsync(TestGateway gateway, string path, string? view, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (view is not null)
            request.Headers.Add("X-View", view);
        with?.Invoke(request);
        return await gateway.Client.SendAsync(request, Stop);
    }

    private static Task<TestGateway> StartAsync(Uri upstream, string? claim = null) =>
        TestGateway.StartAsync(Document(upstream), new PlanOptions { SecurityPassthrough = true }, policy: new ClaimedCaller(claim));

    private static string Document(Uri upstream) => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        components: { securitySchemes: { any: { type: http, scheme: bearer } } }
        security: [{ any: [] }]
        x-gateway-config: { services: { shop: { url: "{{upstream}}" } } }
        paths:
          /items/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get:
              operationId: getItem
              x-gateway-backend: shop
              x-gateway-view:
                { views: { mobile: [id, name, price.amount, images.url], web: [id, price, price.tax.rate, stock] }, claim: client }
              responses: { "200": { description: ok } }
          /{client}/items/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
              - { name: client, in: path, required: true, schema: { type: string } }
            get:
              operationId: getItemFor
              x-gateway-backend: { service: shop, path: "/items/{id}" }
              x-gateway-view: { views: { mobile: [id, name, price.amount, images.url], web: [id] }, pathParameter: client }
              responses: { "200": { description: ok } }
        """;

    // A credential with the claim, as an authenticator would have read it.
    private sealed class ClaimedCaller(string? client) : PolicyCompiler
    {
        public override PipelineStage Stage => PipelineStage.Tenancy;

        public override GatewayPolicy? Compile(OperationScope scope) => new Policy(client);

        private sealed class Policy(string? client) : GatewayPolicy
        {
            public override string Name => "test-claims";

            public override PolicyPhases Phases => PolicyPhases.Request;

            public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
            {
                context.Caller = new Caller { Claims = client is null ? [] : [new("client", client)] };
                return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
            }
        }
    }
}
