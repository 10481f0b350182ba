using System.Net;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.Sunset;

/// <summary>What callers of a deprecated operation are told, and what its owner learns of them. The clock stands at 2026-01-02T00:00:00Z.</summary>
public class SunsetTests
{
    private const string Announced = "x-gateway-sunset: { date: 2026-06-30T00:00:00Z, deprecated: 2025-12-01T00:00:00Z, successor: /v2/a, documentation: \"https://docs.example/a\" }";

    [Fact]
    public async Task Answer_OfADeprecatedOperation_SaysSinceWhenUntilWhenAndWhatFollows()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", Announced));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("@1764547200", Value(response, "Deprecation"));
        Assert.Equal("Tue, 30 Jun 2026 00:00:00 GMT", Value(response, "Sunset"));
        Assert.Equal("</v2/a>; rel=\"successor-version\", <https://docs.example/a>; rel=\"deprecation\"; type=\"text/html\"", Value(response, "Link"));

        using HttpResponseMessage other = await gateway.SendAsync("GET /b");
        Assert.Null(Value(other, "Deprecation"));
    }

    [Fact]
    public async Task Deprecated_WithoutADate_IsSinceTheFirstLoadOfTheDocument_AlsoAfterReloads()
    {
        string document = LimitedGateway.Document("", "deprecated: true");
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(document);
        gateway.Time.Advance(TimeSpan.FromDays(3));
        gateway.Gateway.Reload(document + "\n# changed");

        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal("@1767312000", Value(response, "Deprecation"));
        Assert.Null(Value(response, "Sunset"));
        Assert.Null(Value(response, "Link"));
    }

    [Fact]
    public async Task Links_OfTheService_StayBesideThoseOfTheDocument()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "x-gateway-sunset: { successor: /v2/a }"), context =>
        {
            context.Response.Headers.Link = "</a?page=2>; rel=\"next\"";
            context.Response.Headers["Deprecation"] = "true";
            return Task.CompletedTask;
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal("</a?page=2>; rel=\"next\", </v2/a>; rel=\"successor-version\"", Value(response, "Link"));
        Assert.Equal("@1767312000", Value(response, "Deprecation"));
    }

    [Theory]
    [InlineData("gone: true", HttpStatusCode.Gone)]
    [InlineData("gone: false", HttpStatusCode.OK)]
    public async Task Operation_AfterItsDate_IsGoneWhereTheDocumentSaysSo(string gone, HttpStatusCode after)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("", $"x-gateway-sunset: {{ date: 2026-01-03T00:00:00Z, {gone}, successor: /v2/a }}"));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a"));
        gateway.Time.Advance(TimeSpan.FromDays(1));

        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal(after, response.StatusCode);
        Assert.Equal("Sat, 03 Jan 2026 00:00:00 GMT", Value(response, "Sunset"));
        if (after == HttpStatusCode.Gone)
            Assert.Contains("operation-gone", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(after == HttpStatusCode.Gone ? 1 : 2, gateway.Calls);
    }

    [Fact]
    public async Task Callers_OfADeprecatedOperation_AreToldApartForItsOwner()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "deprecated: true"));
        (string, string)[] alice = [(TestCallers.User, "alice"), (TestCallers.Tenant, "acme")];
        await gateway.StatusAsync("GET /a", alice);
        gateway.Time.Advance(TimeSpan.FromHours(1));
        await gateway.StatusAsync("GET /a", alice);
        await gateway.StatusAsync("GET /a", (TestCallers.ApiKey, "key_1"));
        await gateway.StatusAsync("GET /a", ("X-Forwarded-For", "192.0.2.7"));
        await gateway.StatusAsync("GET /b", alice);

        DeprecatedOperation use = Assert.Single(Reader(gateway).Read(10));
        Assert.Equal(("getA", 4L, 3, 0L), (use.Operation, use.Calls, use.CallerCount, use.OtherCalls));
        DeprecatedCaller busiest = use.Callers[0];
        Assert.Equal(("alice", "acme", 2L), (busiest.User, busiest.Tenant, busiest.Calls));
        Assert.Equal(TimeSpan.FromHours(1), busiest.LastCall - busiest.FirstCall);
        Assert.Contains(use.Callers, caller => caller is { ApiKey: "key_1", Address: null });
        Assert.Contains(use.Callers, caller => caller is { User: null, Address: "192.0.2.7" });
        Assert.Single(Assert.Single(Reader(gateway).Read(1)).Callers);
    }

    [Fact]
    public async Task ServiceAccount_IsToldApart_FromAUserOfTheSameName()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "deprecated: true"));
        await gateway.StatusAsync("GET /a", (TestCallers.User, "billing"));
        await gateway.StatusAsync("GET /a", (TestCallers.ServiceAccount, "billing"));

        DeprecatedOperation use = Assert.Single(Reader(gateway).Read(10));
        Assert.Equal(2, use.CallerCount);
        Assert.Contains(use.Callers, caller => caller is { User: "billing", ServiceAccount: null });
        Assert.Contains(use.Callers, caller => caller is { User: null, ServiceAccount: "billing" });
    }

    [Fact]
    public async Task Callers_BeyondTheBound_AreCountedTogether()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("", "deprecated: true"));
        for (int i = 0; i < 1003; i++)
            await gateway.StatusAsync("GET /a", (TestCallers.User, $"user{i}"));
        await gateway.StatusAsync("GET /a", (TestCallers.User, "user7"));

        DeprecatedOperation use = Assert.Single(Reader(gateway).Read(1));
        Assert.Equal((1000, 3L, 1004L), (use.CallerCount, use.OtherCalls, use.Calls));
        Assert.Equal(("user7", 2L), (use.Callers[0].User, use.Callers[0].Calls));
    }

    [Fact]
    public async Task Calls_OutliveAReload()
    {
        string document = LimitedGateway.Document("", "deprecated: true");
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(document);
        await gateway.StatusAsync("GET /a");
        gateway.Gateway.Reload(document + "\n# changed");
        await gateway.StatusAsync("GET /a");
        Assert.Equal(2, Assert.Single(Reader(gateway).Read(1)).Calls);
    }

    [Theory]
    [InlineData("/v2/{id}")]
    [InlineData("/v2>; rel=\\\"next")]
    public void Successor_ThatCannotStandInALink_IsRefused(string successor)
    {
        PlanResult result = TestGateway.Compile(
            new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") }, LimitedGateway.Document("", $"x-gateway-sunset: {{ successor: \"{successor}\" }}"));
        Assert.Equal([SunsetDiagnostics.BadSuccessor.Code], result.Documents[0].Diagnostics.Items.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Code));
    }

    private static DeprecatedUseReader Reader(LimitedGateway gateway) => new(new PlanHolder(gateway.Gateway.Plan));

    private static string? Value(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;
}
