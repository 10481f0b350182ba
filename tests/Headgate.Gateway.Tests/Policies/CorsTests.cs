using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cors;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>What web pages of other origins learn, whatever the upstream says about it.</summary>
public class CorsTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: "1" }
        x-gateway-config:
          limits: { requestBody: 1KiB }
          cors: { origins: ["https://app.example"], exposeHeaders: [ETag] }
        paths:
          /x:
            get: { responses: { "200": { description: ok } } }
            post: { responses: { "200": { description: ok } } }
        """;

    [Theory]
    [InlineData("https://app.example", "https://app.example", "ETag")]
    [InlineData("https://evil.example", null, null)]
    [InlineData(null, null, null)]
    public async Task Answer_OfAnUpstreamThatAllowsAnything_SaysWhatTheDocumentSays(string? origin, string? allowed, string? exposed)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlAllowCredentials = "true";
            context.Response.Headers.AccessControlExposeHeaders = "X-Internal";
            return Task.CompletedTask;
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Document, new PlanOptions { Upstream = upstream.Url });

        using HttpResponseMessage response = await gateway.Client.SendAsync(From(origin, HttpMethod.Get));

        Assert.Equal(allowed, Value(response, "Access-Control-Allow-Origin"));
        Assert.Equal(exposed, Value(response, "Access-Control-Expose-Headers"));
        Assert.Null(Value(response, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("X-Original-Host", "X-Original-Host, Origin")]
    [InlineData("Accept-Encoding, X-Origin", "Accept-Encoding, X-Origin, Origin")]
    [InlineData("Accept, origin", "Accept, origin")]
    [InlineData("*", "*")]
    public async Task Vary_OfTheUpstream_NamesTheOriginToo(string sent, string expected)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.Headers.Vary = sent;
            return Task.CompletedTask;
        });
        await using TestGateway gateway = await TestGateway.StartAsync(Document, new PlanOptions { Upstream = upstream.Url });

        using HttpResponseMessage response = await gateway.Client.SendAsync(From("https://app.example", HttpMethod.Get));

        Assert.Equal(expected, Value(response, "Vary"));
    }

    [Fact]
    public async Task Error_WhileTheBodyStreams_CanBeReadByThePage()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(Document, new PlanOptions { Upstream = upstream.Url });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync($"POST /x HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n{new string('x', 5000)}\r\n0\r\n\r\n");

        string? head = await client.ReadHeadAsync();
        Assert.StartsWith("HTTP/1.1 413 ", head, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: https://app.example\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.shop.example", true)]
    [InlineData("https://a.b.shop.example", true)]
    [InlineData("HTTPS://A.Shop.Example", true)]
    [InlineData("https://shop.example", false)]
    [InlineData("https://evilshop.example", false)]
    [InlineData("http://a.shop.example", false)]
    [InlineData("https://a.shop.example:8443", false)]
    [InlineData("https://evil.example/.shop.example", false)]
    [InlineData("https://evil.example#.shop.example", false)]
    [InlineData("https://evil.example\\.shop.example", false)]
    [InlineData("https://evil.example:443.shop.example", false)]
    [InlineData("null", false)]
    public void Wildcard_StandsForLeadingLabels(string origin, bool allowed) =>
        Assert.Equal(allowed, new OriginList(["https://*.shop.example"]).Allows(origin));

    private static HttpRequestMessage From(string? origin, HttpMethod method)
    {
        var request = new HttpRequestMessage(method, "/x");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return request;
    }

    private static string? Value(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
}
