using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>What documents say of caching, and what is left of it after a reload.</summary>
public class CacheCompilerTests
{
    private static readonly PlanOptions s_options = new() { Upstream = new Uri("http://127.0.0.1:1") };

    [Theory]
    [InlineData("post", "true", "HG2760")]
    [InlineData("get", "{ maxSize: 1GiB }", "HG2761")]
    [InlineData("get", "true", null)]
    [InlineData("post", "false", null)]
    public void Extension_ThatHasNoEffect_IsWarnedOf(string method, string cache, string? code)
    {
        PlanResult result = TestGateway.Compile(s_options, Document(method, cache, "{}"));

        Assert.Equal(code, result.Documents[0].Diagnostics.Items.Select(item => item.Descriptor.Code).SingleOrDefault(found => found.StartsWith("HG276", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("get", "true", "{}", true)]
    [InlineData("get", "false", "{ cache: true }", false)]
    [InlineData("get", null, "{ cache: 1m }", true)]
    [InlineData("get", null, "{}", false)]
    [InlineData("post", null, "{ cache: 1m }", false)]
    public void Operation_IsCached_WhereItOrItsDocumentSaysSo(string method, string? cache, string config, bool cached)
    {
        GatewayPlan plan = TestGateway.Compile(s_options, Document(method, cache, config)).Plan;

        Assert.Equal(cached, plan.Apis[0].Operations[0].RequestPolicies.Any(policy => policy is CachePolicy));
    }

    [Fact]
    public async Task Reload_KeepsWhatIsStored_UnlessItWouldComeFromElsewhere()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            return context.Response.WriteAsync(context.Request.Path);
        });
        var options = new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } };
        await using TestGateway gateway = await TestGateway.StartAsync(Document("get", "true", "{}"), options);
        await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken);

        gateway.Reload(Document("get", "true", "{ errors: problem }"));
        Assert.Equal("/a", await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken));
        Assert.Equal(1, upstream.Requests);

        gateway.Reload(Document("get", "true", "{}", "x-gateway-backend: { path: /other }"));
        Assert.Equal("/other", await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken));

        // What upstreams are told in the document's name is a part of where an answer comes from.
        gateway.Reload(Document("get", "true", "{}", "x-gateway-backend: { path: /other, requestHeaders: { set: { X-Plan: gold } } }"));
        await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken);
        Assert.Equal(3, upstream.Requests);

        CacheStore store = gateway.States.Of<CacheStore>().Single();
        gateway.Reload(Document("get", "false", "{}"));
        Assert.Equal((0, 0L), (store.Count, store.Memory.Used));
        Assert.Empty(gateway.States.Of<CacheStore>());
    }

    [Fact]
    public async Task Reload_OfAnAggregate_ForgetsWhatOtherPartsMade()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context => context.Response.WriteAsJsonAsync(context.Request.Path.Value));
        var options = new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } };
        await using TestGateway gateway = await TestGateway.StartAsync(Document("get", "1m", "{}", "x-gateway-aggregate: [{ service: upstream, path: /one, field: a }]"), options);
        Assert.Equal("""{"a":"/one"}""", await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken));

        gateway.Reload(Document("get", "1m", "{}", "x-gateway-aggregate: [{ service: upstream, path: /two, field: a }]"));

        Assert.Equal("""{"a":"/two"}""", await gateway.Client.GetStringAsync("/a", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("X-Region", "{ path: '/items?of={$request.header.X-Region}', field: a }", null)]
    [InlineData("Accept-Language", "{ path: /items, field: a }", "Vary: Accept-Encoding, Accept-Language")]
    [InlineData("X-Any", "{ path: /items, field: a }", "Cache-Control: private")]
    [InlineData("X-Any", "{ path: /items, field: a }", "Cache-Control: max-age=9, No-Store")]
    public async Task Aggregate_IsGivenToNobody_ForWhomItsPartsAreNot(string field, string part, string? said)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            if (said?.Split(": ") is [var name, var value])
                context.Response.Headers[name] = value;
            return context.Response.WriteAsJsonAsync(context.Request.QueryString.Value + context.Request.Headers[field]);
        });
        var options = new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } };
        await using TestGateway gateway = await TestGateway.StartAsync(Document("get", "1m", "{}", $"x-gateway-aggregate: [{{ service: upstream, {part[1..^1]} }}]"), options);

        string one = await GetAsync("one");
        string two = await GetAsync("two");

        Assert.Contains("one", one, StringComparison.Ordinal);
        Assert.Contains("two", two, StringComparison.Ordinal);

        async Task<string> GetAsync(string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { field, value } } };
            using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Document(string method, string? cache, string config, string more = "x-a: b") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v }
        x-gateway-config: {{config}}
        paths:
          /a:
            {{method}}:
              operationId: a
              {{(cache is null ? "x-b: c" : $"x-gateway-cache: {cache}")}}
              {{more}}
              responses: { "200": { description: ok } }
        """;
}
