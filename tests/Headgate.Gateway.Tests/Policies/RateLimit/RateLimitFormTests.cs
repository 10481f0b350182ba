using System.Net;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>Every form in which a document can say a limit, and every kind of consumer, is enforced.</summary>
public class RateLimitFormTests
{
    private const string Platform = """
        openapi: 3.1.0
        info: { title: Platform, version: v1 }
        servers: [{ url: /api/v1 }]
        x-gateway-config:
          rate_limits:
            global:
              requests_per_minute: 1000
            per_user:
              requests_per_minute: 100
            per_tenant:
              requests_per_minute: 500
            by_endpoint:
              POST /api/v1/applications:
                requests_per_hour: 50
              PUT /api/v1/applications/*/desired-state:
                requests_per_hour: 200
        paths:
          /applications:
            post: { operationId: create, responses: { "201": { description: created } } }
            get: { operationId: list, responses: { "200": { description: ok } } }
          /applications/{id}/desired-state:
            put: { operationId: state, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { "200": { description: ok } } }
        """;

    [Fact]
    public async Task RateLimitsBlock_OfTheReference_HoldsForEachOfItsLines()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(Platform);
        using HttpResponseMessage created = await gateway.SendAsync("POST /api/v1/applications", (TestCallers.User, "ada"), (TestCallers.Tenant, "acme"));
        Assert.Equal(
            ["\"POST /api/v1/applications\";q=50;w=3600", "\"global\";q=1000;w=60", "\"per-tenant\";q=500;w=60", "\"per-user\";q=100;w=60"],
            created.Headers.GetValues("RateLimit-Policy").Order(StringComparer.Ordinal));
        using HttpResponseMessage changed = await gateway.SendAsync("PUT /api/v1/applications/7/desired-state", (TestCallers.User, "ada"));
        Assert.Contains("\"PUT /api/v1/applications/*/desired-state\";q=200;w=3600", changed.Headers.GetValues("RateLimit-Policy"));

        // The operation's 50 are everybody's, the user's 100 hold for all operations.
        Assert.Equal(49, await gateway.AdmittedAsync(60, "POST /api/v1/applications", (TestCallers.User, "bob")));
        Assert.Equal(98, await gateway.AdmittedAsync(120, "GET /api/v1/applications", (TestCallers.User, "ada")));
        Assert.Equal(51, await gateway.AdmittedAsync(60, "GET /api/v1/applications", (TestCallers.User, "bob")));
    }

    [Fact]
    public async Task DefaultAndAuthenticated_OfTheReference_CountByAddressAndByUser()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { default: 3, authenticated: 5, window: 1h }"));
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /a", ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /b", ("X-Forwarded-For", "203.0.113.2")));
        Assert.Equal(5, await gateway.AdmittedAsync(9, "GET /a", ("X-Forwarded-For", "203.0.113.1"), (TestCallers.User, "ada")));
        Assert.Equal(0, await gateway.AdmittedAsync(9, "GET /a", ("X-Forwarded-For", "203.0.113.3"), (TestCallers.User, "ada")));
        Assert.Equal(5, await gateway.AdmittedAsync(9, "GET /a", ("X-Forwarded-For", "203.0.113.1"), (TestCallers.ApiKey, "k1")));
    }

    [Fact]
    public async Task DefaultAndAuthenticated_AsPrinted_AreTheQuotasThatCallersAreTold()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { default: 1000, authenticated: 5000, window: 1h }"));
        using HttpResponseMessage anonymous = await gateway.SendAsync("GET /a");
        using HttpResponseMessage known = await gateway.SendAsync("GET /a", (TestCallers.User, "ada"));
        Assert.Equal(["\"default\";q=1000;w=3600"], anonymous.Headers.GetValues("RateLimit-Policy"));
        Assert.Equal(["\"authenticated\";q=5000;w=3600"], known.Headers.GetValues("RateLimit-Policy"));
    }

    [Fact]
    public async Task Service_CountsTheOperationsOfEachServiceTogether_AndThoseOfAnotherApart()
    {
        const string Document = """
            openapi: 3.1.0
            info: { title: t, version: v1 }
            x-gateway-config:
              services: { one: { url: "UPSTREAM" }, two: { url: "UPSTREAM" } }
              rateLimit: { limits: [{ by: service, limit: 3, window: 1h }] }
            paths:
              /a: { get: { operationId: a, x-gateway-backend: one, responses: { "200": { description: ok } } } }
              /b: { get: { operationId: b, x-gateway-backend: one, responses: { "200": { description: ok } } } }
              /c: { get: { operationId: c, x-gateway-backend: two, responses: { "200": { description: ok } } } }
            """;
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(Document.Replace("UPSTREAM", upstream.Url.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, await gateway.AdmittedAsync(2, "GET /a"));
        Assert.Equal(1, await gateway.AdmittedAsync(4, "GET /b"));
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /c"));
    }

    [Theory]
    [InlineData("user", TestCallers.User)]
    [InlineData("tenant", TestCallers.Tenant)]
    [InlineData("api-key", TestCallers.ApiKey)]
    [InlineData("header:X-Plan", "X-Plan")]
    [InlineData("ip", "X-Forwarded-For")]
    public async Task Consumers_OfALimit_AreCountedApart(string by, string header)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document($"rateLimit: {{ limits: [{{ by: '{by}', limit: 2, window: 1h }}] }}"));
        Assert.Equal(2, await gateway.AdmittedAsync(4, "GET /a", (header, "203.0.113.1")));
        Assert.Equal(2, await gateway.AdmittedAsync(4, "GET /a", (header, "203.0.113.2")));
        Assert.Equal(0, await gateway.AdmittedAsync(4, "GET /b", (header, "203.0.113.1")));
    }

    [Theory]
    [InlineData("user")]
    [InlineData("tenant")]
    [InlineData("api-key")]
    [InlineData("header:X-Plan")]
    public async Task Callers_WithoutTheKey_AreCountedByAddress(string by)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document($"rateLimit: {{ limits: [{{ by: '{by}', limit: 2, window: 1h }}] }}"));
        Assert.Equal(2, await gateway.AdmittedAsync(4, "GET /a", ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(2, await gateway.AdmittedAsync(4, "GET /a", ("X-Forwarded-For", "203.0.113.2")));

        // A name that looks like an address is not that address.
        Assert.Equal(2, await gateway.AdmittedAsync(4, "GET /a", (TestCallers.User, "203.0.113.1"), (TestCallers.Tenant, "203.0.113.1"), (TestCallers.ApiKey, "203.0.113.1"), ("X-Plan", "203.0.113.1")));
    }

    [Fact]
    public async Task GlobalAndService_CountAllOperationsTogether_EndpointEachAlone()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: global, limit: 6, window: 1h }, { by: service, limit: 5, window: 1h }, { by: endpoint, limit: 3, window: 1h }] }"));
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /a", (TestCallers.User, "ada")));
        Assert.Equal(2, await gateway.AdmittedAsync(9, "GET /b", (TestCallers.User, "bob")));
    }

    [Fact]
    public async Task OperationsOwnLimit_HoldsBesideTheDocuments_ForItAlone()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: user, limit: 5, window: 1h }] }", "x-gateway-rate-limit: { limits: [{ name: few, by: user, limit: 2, window: 1h }] }"));
        Assert.Equal(2, await gateway.AdmittedAsync(9, "GET /a", (TestCallers.User, "ada")));
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /b", (TestCallers.User, "ada")));
    }

    [Fact]
    public async Task TwoWindows_HoldAtOnce()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rate_limits: { per_user: { requests_per_second: 2, requests_per_minute: 5 } }"));
        Assert.Equal(2, await gateway.AdmittedAsync(9, "GET /a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await gateway.AdmittedAsync(9, "GET /a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await gateway.AdmittedAsync(9, "GET /a"));
    }

    [Theory]
    [InlineData("rateLimit: { limits: [{ by: user, limit: 1, window: 31d, burst: 1000000000 }] }", "", "HG2515")]
    [InlineData("rateLimit: { limits: [{ name: per-user, by: user, limit: 1 }], per_user: { requests_per_hour: 1 } }", "", "HG2506")]
    [InlineData("rateLimit: { limits: [{ by: user, limit: 1 }] }", "x-gateway-rate-limit: 7", "HG2506")]
    [InlineData("", "x-gateway-rate-limit: { limit: 1, window: 31d, burst: 1000000000 }", "HG2515")]
    public void Limits_ThatCannotHold_AreFound(string config, string ofA, string code)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:1") }, LimitedGateway.Document(config, ofA));
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Descriptor.Code == code && item.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task Reload_OfTheSameLimit_ForgetsNothing()
    {
        const string Limits = "rateLimit: { limits: [{ name: mine, by: user, limit: 5, window: 1h }] }";
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document(Limits));
        Assert.Equal(3, await gateway.AdmittedAsync(3, "GET /a", (TestCallers.User, "ada")));

        gateway.Gateway.Reload(LimitedGateway.Document(Limits + ", timeout: { default: 7 }"));
        Assert.Equal(2, await gateway.AdmittedAsync(9, "GET /b", (TestCallers.User, "ada")));

        // Another burst is the same limit: six at once are one more than are used.
        gateway.Gateway.Reload(LimitedGateway.Document("rateLimit: { limits: [{ name: mine, by: user, limit: 5, window: 1h, burst: 6 }] }"));
        Assert.Equal(1, await gateway.AdmittedAsync(9, "GET /b", (TestCallers.User, "ada")));
    }

    [Theory]
    [InlineData("{ name: other, by: user, limit: 5, window: 1h }")]
    [InlineData("{ name: mine, by: tenant, limit: 5, window: 1h }")]
    [InlineData("{ name: mine, by: user, limit: 4, window: 1h }")]
    [InlineData("{ name: mine, by: user, limit: 5, window: 2h }")]
    public async Task Reload_OfAnotherLimit_BeginsAnew(string changed)
    {
        const string Before = "{ name: mine, by: user, limit: 5, window: 1h }";
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document($"rateLimit: {{ limits: [{Before}] }}"));
        Assert.Equal(5, await gateway.AdmittedAsync(9, "GET /a", (TestCallers.User, "ada")));

        gateway.Gateway.Reload(LimitedGateway.Document($"rateLimit: {{ limits: [{changed}] }}"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a", (TestCallers.User, "ada")));

        // And what it was is forgotten.
        gateway.Gateway.Reload(LimitedGateway.Document($"rateLimit: {{ limits: [{Before}] }}"));
        Assert.Equal(5, await gateway.AdmittedAsync(9, "GET /a", (TestCallers.User, "ada")));
    }
}
