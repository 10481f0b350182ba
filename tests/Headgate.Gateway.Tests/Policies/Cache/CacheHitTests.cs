using System.Net;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

public class CacheHitTests
{
    private static readonly (string, string) s_fresh = ("Cache-Control", "max-age=60");

    [Fact]
    public async Task Hit_IsGivenFromMemory_WithAgeAndStatus()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh, ("ETag", "\"1\""), ("X-Own", "kept")));

        Assert.Equal("headgate; fwd=uri-miss; stored", await gateway.StatusAsync("/a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(20));
        using HttpResponseMessage hit = await gateway.SendAsync("GET /a");

        Assert.Equal("answer 1", await hit.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("20", hit.Headers.GetValues("Age").Single());
        Assert.Equal("headgate; hit; ttl=40", hit.Headers.GetValues("Cache-Status").Single());
        Assert.Equal("kept", hit.Headers.GetValues("X-Own").Single());
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Hit_HasItsOwnRequestId()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        await gateway.GetAsync("/a", ("X-Request-ID", "first"));
        using HttpResponseMessage hit = await gateway.SendAsync("GET /a", ("X-Request-ID", "second"));

        Assert.Equal("second", hit.Headers.GetValues("X-Request-ID").Single());
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Head_IsServedByAStoredGet_WithItsLength()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        await gateway.GetAsync("/a");
        using HttpResponseMessage head = await gateway.SendAsync("HEAD /a");

        Assert.Equal(8, head.Content.Headers.ContentLength);
        Assert.Equal(1, gateway.Calls);
    }

    [Theory]
    [InlineData("max-age=5", 2)]
    [InlineData("max-age=30", 1)]
    [InlineData("min-fresh=45", 2)]
    [InlineData("min-fresh=30", 1)]
    [InlineData("no-cache", 2)]
    [InlineData("no-store", 2)]
    public async Task RequestDirective_IsHeeded(string directive, int calls)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(20));
        await gateway.GetAsync("/a", ("Cache-Control", directive));

        Assert.Equal(calls, gateway.Calls);
    }

    [Fact]
    public async Task OnlyIfCached_WithoutAStoredAnswer_Is504AndCallsNobody()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        using HttpResponseMessage refused = await gateway.SendAsync("GET /a", ("Cache-Control", "only-if-cached"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, refused.StatusCode);
        Assert.Contains("cached-response-missing", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Calls);
        await gateway.GetAsync("/a");
        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("Cache-Control", "only-if-cached")));
    }

    [Theory]
    [InlineData("{ ttl: 1m }", 200, 1)]
    [InlineData("true", 200, 2)]
    [InlineData("{ ttl: 1m }", 404, 2)]
    public async Task DeclaredTtl_CountsWhereTheUpstreamSaysNothing_ButNotForErrors(string cache, int status, int calls)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(
            context =>
            {
                context.Response.StatusCode = status;
                return context.Response.WriteAsync("x");
            },
            cache);

        await gateway.GetAsync("/a");
        await gateway.GetAsync("/a");

        Assert.Equal(calls, gateway.Calls);
    }

    [Theory]
    [InlineData("max-age=1", "max-age=60", 1)]
    [InlineData("max-age=60", "max-age=1", 2)]
    [InlineData("max-age=60", "no-store", 2)]
    [InlineData("no-store", "max-age=60", 1)]
    [InlineData("max-age=60", "max-age=\"1\"", 1)]
    public async Task CdnCacheControl_GoesBeforeCacheControl_WhereItIsValid(string ordinary, string targeted, int calls)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", ordinary), ("CDN-Cache-Control", targeted)));

        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(5));
        await gateway.GetAsync("/a");

        Assert.Equal(calls, gateway.Calls);
    }

    [Fact]
    public async Task Validation_ThatHolds_UpdatesFieldsAndGivesTheStoredBody()
    {
        int calls = 0;
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.ETag = "W/\"1\"";
            context.Response.Headers.CacheControl = "max-age=10";
            context.Response.Headers["X-Call"] = $"{++calls}";
            if (context.Request.Headers.IfNoneMatch == "W/\"1\"")
                context.Response.StatusCode = 304;
            return calls > 1 ? Task.CompletedTask : context.Response.WriteAsync("the body");
        });

        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(11));
        using HttpResponseMessage validated = await gateway.SendAsync("GET /a");
        using HttpResponseMessage hit = await gateway.SendAsync("GET /a");

        Assert.Equal("the body", await validated.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("headgate; fwd=stale; fwd-status=304; stored", validated.Headers.GetValues("Cache-Status").Single());
        Assert.Equal("2", hit.Headers.GetValues("X-Call").Single());
        Assert.Equal(2, gateway.Calls);
    }

    [Fact]
    public async Task FieldsThatPrivateAndNoCacheName_AreForTheFirstAlone()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(
            CachedGateway.Counting(("Cache-Control", "max-age=60, private=\"X-Secret\", no-cache=\"Set-Cookie\""), ("X-Secret", "s"), ("Set-Cookie", "a=b")));

        using HttpResponseMessage first = await gateway.SendAsync("GET /a");
        using HttpResponseMessage second = await gateway.SendAsync("GET /a");

        Assert.True(first.Headers.Contains("X-Secret") && first.Headers.Contains("Set-Cookie"));
        Assert.False(second.Headers.Contains("X-Secret") || second.Headers.Contains("Set-Cookie"));
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Policies_StandWhereTheyBelong()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));
        GatewayPolicy policy = gateway.Gateway.Plan.Apis[0].Operations[0].RequestPolicies.Single(one => one.Name == "cache");
        await gateway.GetAsync("/a");

        Assert.Equal(1, gateway.Store.Count);
        Assert.Equal(PolicyPhases.Request, policy.Phases);
        Assert.Contains(gateway.Gateway.Plan.Apis[0].Operations.Single(one => one.Id == "postA").ResponsePolicies, one => one.Name == "cache-invalidation");
    }

    [Fact]
    public async Task Head_ThatTellsOfAnotherRepresentation_TakesTheStoredOneOut()
    {
        string tag = "\"1\"";
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.ETag = tag;
            context.Response.Headers.CacheControl = "max-age=10";
            return context.Request.Method == "HEAD" ? Task.CompletedTask : context.Response.WriteAsync("body");
        });

        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(11));
        tag = "\"2\"";
        (await gateway.SendAsync("HEAD /a")).Dispose();

        Assert.Equal(0, gateway.Store.Count);
    }

    [Fact]
    public async Task Head_OfTheSameRepresentation_FreshensTheStoredOne()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.CacheControl = "max-age=10";
            return context.Request.Method == "HEAD" ? Task.CompletedTask : context.Response.WriteAsync("body");
        });

        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromSeconds(11));
        (await gateway.SendAsync("HEAD /a")).Dispose();

        Assert.StartsWith("headgate; hit", await gateway.StatusAsync("/a"), StringComparison.Ordinal);
        Assert.Equal(2, gateway.Calls);
    }
}
