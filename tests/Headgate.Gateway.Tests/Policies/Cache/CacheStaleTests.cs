using System.Net;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Forwarding;
using Headgate.Gateway.Tests.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Cache;

public class CacheStaleTests
{
    [Fact]
    public async Task StaleWhileRevalidate_GivesTheOldAtOnce_AndRenewsItOnce()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "s-maxage=10, stale-while-revalidate=30")));
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(15));

        string[] stale = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.GetAsync("/a")));
        await Forwarding.Condition.BecomesTrueAsync(() => gateway.Store.Renewals.Running == 0);

        Assert.Contains("answer 1", stale);
        Assert.Equal("answer 2", await gateway.GetAsync("/a"));
        Assert.Equal(2, gateway.Calls);
    }

    // Nobody's request waits for it, and the service is called all the same.
    [Fact]
    public async Task Renewal_CountsAsACallToItsService()
    {
        await using GatewayTelemetry telemetry = GatewayTelemetry.Create(new TelemetryOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "s-maxage=10, stale-while-revalidate=30")), telemetry: telemetry);
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("answer 1", await gateway.GetAsync("/a"));

        await Forwarding.Condition.BecomesTrueAsync(() => TelemetryHost.Read(telemetry).Contains("headgate_upstream_requests_total{service=\"upstream\"} 2\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StaleWhileRevalidate_BeyondItsTime_AsksFirst()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "max-age=10")), "{ staleWhileRevalidate: 30s }");
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(41));

        Assert.Equal("answer 2", await gateway.GetAsync("/a"));
    }

    [Theory]
    [InlineData("max-age=10, stale-if-error=60", "true", "answer")]
    [InlineData("max-age=10", "{ staleIfError: 60s }", "answer")]
    [InlineData("max-age=10, stale-if-error=1", "true", "broken")]
    [InlineData("max-age=10", "true", "broken")]
    [InlineData("max-age=10, must-revalidate", "{ staleIfError: 60s }", "broken")]
    [InlineData("max-age=10, proxy-revalidate", "{ staleIfError: 60s }", "broken")]
    [InlineData("s-maxage=10", "{ staleIfError: 60s }", "broken")]
    public async Task UpstreamThatFails_IsStoodInFor_WhereThatIsAllowed(string cacheControl, string cache, string expected)
    {
        int calls = 0;
        await using CachedGateway gateway = await CachedGateway.StartAsync(
            context =>
            {
                if (++calls > 1)
                {
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync("broken");
                }

                context.Response.Headers.CacheControl = cacheControl;
                return context.Response.WriteAsync("answer");
            },
            cache);
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(expected, await gateway.GetAsync("/a"));
    }

    [Fact]
    public async Task UpstreamThatIsGone_IsStoodInFor_AndTheAnswerSaysSo()
    {
        int calls = 0;
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            if (++calls > 1)
                context.Abort();
            context.Response.Headers.CacheControl = "max-age=10, stale-if-error=60";
            return context.Response.WriteAsync("answer");
        });
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(20));

        using HttpResponseMessage stale = await gateway.SendAsync("GET /a");

        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        Assert.Equal("headgate; hit; detail=stale-if-error", stale.Headers.GetValues("Cache-Status").Single());
        Assert.Equal("20", stale.Headers.GetValues("Age").Single());
    }

    [Fact]
    public async Task MaxStale_IsTheClientsWord()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", "max-age=10"), ("ETag", "\"1\"")));
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("Cache-Control", "max-stale=15")));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("Cache-Control", "max-stale")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", ("Cache-Control", "max-stale=5")));
    }
}
