using System.Globalization;
using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Policies;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>Parts that come from the cache, and whose they are.</summary>
public class PartCacheTests
{
    private const string TwoParts = "[{ service: user-service, path: \"/users/{userId}\", field: user, cache: CACHE }, { service: order-service, path: /orders, field: orders }]";

    public static TheoryData<string?, string?, string?, string?, string> OtherCallers() => new()
    {
        { "ada", "acme", "bob", "acme", "another user" },
        { "ada", "acme", "ada", "other", "another tenant" },
        { "ada", null, null, null, "nobody" },
        { null, null, "ada", "acme", "nobody first" },
        { "acme", null, null, "acme", "a user with the name of a tenant" },
    };

    [Fact]
    public async Task Part_ThatIsCached_IsAskedForOnce_AndTheOthersEachTime()
    {
        await using PartServices services = await StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, TwoParts.Replace("CACHE", "1h", StringComparison.Ordinal));

        var (first, body, _) = await AggregateGateway.AskAsync(gateway);
        var (second, again, response) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal((200, 200), (first, second));
        // Both are asked at once: which comes first is chance.
        int user = body.StartsWith("""{"user":{"answer":1}""", StringComparison.Ordinal) ? 1 : 2;
        Assert.Equal($$$"""{"user":{"answer":{{{user}}}},"orders":{"answer":{{{3 - user}}}}}""", body);
        Assert.Equal($$$"""{"user":{"answer":{{{user}}}},"orders":{"answer":3}}""", again);
        Assert.False(response.Headers.Contains("Cache-Status"));
    }

    [Theory]
    [MemberData(nameof(OtherCallers))]
    public async Task Part_OfOneCaller_IsNeverAnothers(string? user, string? tenant, string? otherUser, string? otherTenant, string why)
    {
        await using PartServices services = await StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /me, field: me, cache: 1h }]");

        string one = await AskAsAsync(gateway, user, tenant);
        string other = await AskAsAsync(gateway, otherUser, otherTenant);
        string oneAgain = await AskAsAsync(gateway, user, tenant);

        Assert.True(one == """{"me":{"answer":1}}""" && other == """{"me":{"answer":2}}""" && oneAgain == one, $"{why}: {one} {other} {oneAgain}");
    }

    [Fact]
    public async Task Part_ThatIsShared_IsForAllOfTheTenant_AndNoOther()
    {
        await using PartServices services = await StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /all, field: all, cache: { ttl: 1h, shared: true } }]");

        Assert.Equal("""{"all":{"answer":1}}""", await AskAsAsync(gateway, "ada", "acme"));
        Assert.Equal("""{"all":{"answer":1}}""", await AskAsAsync(gateway, "bob", "acme"));
        Assert.Equal("""{"all":{"answer":2}}""", await AskAsAsync(gateway, "ada", "other"));
    }

    // The same target at two services, which have each their own truth of it.
    [Fact]
    public async Task Part_IsNoOthers_HoweverAlikeTheirTargetsAre()
    {
        await using PartServices services = await StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, "[{ service: user-service, path: /same, field: a, cache: 1h }, { service: order-service, path: /same, field: b, cache: 1h, dependsOn: a }]");

        var (_, body, _) = await AggregateGateway.AskAsync(gateway);
        var (_, again, _) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal("""{"a":{"answer":1},"b":{"answer":2}}""", body);
        Assert.Equal(body, again);
    }

    [Fact]
    public async Task Part_WhoseBodyComesTooSlowly_TimesOut_ThoughItIsForTheCache()
    {
        await using PartServices services = await StartAsync();
        services.On("/drip", async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"a\":");
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            await using (context.RequestAborted.Register(gone.SetResult))
                await gone.Task;
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /drip, field: a, timeout: 200ms, cache: 1h }]");

        var (status, body, _) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal(504, status);
        Assert.Contains("GATEWAY_TIMEOUT", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: POST, ", "with POST")]
    [InlineData("input: { a: 1 }, ", "with a body")]
    public void Cache_OfAPartThatIsNotStored_IsWarnedOf(string more, string reason)
    {
        PlanResult compiled = TestGateway.Compile(
            AggregateGateway.Options(new Uri("http://127.0.0.1:9")), AggregateGateway.Document($"[{{ service: user-service, path: /a, field: a, {more}cache: 1h }}]"));

        Diagnostic warning = Assert.Single(compiled.Documents[0].Diagnostics.Items, diagnostic => diagnostic.Code == AggregateDiagnostics.PartNotCached.Code);
        Assert.Contains(reason, warning.Message, StringComparison.Ordinal);
    }

    // The whole is fetched apart from its client, and the part apart from that: what they ask of services counts as what the client asked.
    [Fact]
    public async Task Aggregate_ThatIsFetchedByTheCache_IsCountedByService()
    {
        await using PartServices services = await StartAsync();
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, TwoParts.Replace("CACHE", "1h", StringComparison.Ordinal), more: "x-gateway-cache: 1h", telemetry: telemetry);

        await AggregateGateway.AskAsync(gateway);
        await AggregateGateway.AskAsync(gateway);

        string metrics = TelemetryHost.Read(telemetry);
        Assert.Contains("headgate_upstream_requests_total{service=\"user-service\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("headgate_upstream_requests_total{service=\"order-service\"} 1", metrics, StringComparison.Ordinal);
    }

    // Every answer is another: the number of the call.
    private static async Task<PartServices> StartAsync()
    {
        PartServices services = await PartServices.StartAsync();
        int calls = 0;
        foreach (string path in new[] { "/users/ada", "/orders", "/me", "/all", "/same" })
        {
            services.On(path, context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"answer":{{Interlocked.Increment(ref calls)}}}"""));
            });
        }

        return services;
    }

    private static async Task<string> AskAsAsync(TestGateway gateway, string? user, string? tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/all");
        if (user is not null)
            request.Headers.Add(TestCallers.User, user);
        if (tenant is not null)
            request.Headers.Add(TestCallers.Tenant, tenant);
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
