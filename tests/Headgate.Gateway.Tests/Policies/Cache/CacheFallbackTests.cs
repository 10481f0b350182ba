using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache.Memory;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary><c>fallback.cached</c>: the last good answer in place of a service that fails.</summary>
public class CacheFallbackTests
{
    [Theory]
    [InlineData("{ cached: true }", "max-age=10", "good")]
    [InlineData("{ cached: true, body: { from: document } }", "max-age=10", "good")]
    [InlineData("{ body: { from: document } }", "max-age=10", """{"from":"document"}""")]
    [InlineData("{ cached: true, body: { from: document } }", "no-store", """{"from":"document"}""")]
    [InlineData("{ cached: true, body: { from: document } }", "max-age=10, must-revalidate", """{"from":"document"}""")]
    [InlineData("{ cached: true }", "no-store", "broken")]
    public async Task ServiceThatFails_IsStoodInForByTheLastGoodAnswer_ElseByTheDocuments(string fallback, string cacheControl, string expected)
    {
        await using CachedGateway gateway = await StartAsync(fallback, cacheControl);
        Assert.Equal("good", await gateway.GetAsync("/a"));
        gateway.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(expected, await gateway.GetAsync("/a"));
    }

    [Fact]
    public async Task StandIn_OfTheCache_IsMarked_AndRenewedOnceTheServiceIsBack()
    {
        int calls = 0;
        await using CachedGateway gateway = await StartAsync("{ cached: true, body: { from: document } }", "max-age=10", () => ++calls == 2);
        await gateway.GetAsync("/a");
        gateway.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("headgate; hit; detail=stale-if-error", await gateway.StatusAsync("/a"));
        Assert.Equal("headgate; fwd=stale; stored", await gateway.StatusAsync("/a"));
    }

    [Fact]
    public async Task StandIn_OfTheDocument_IsNeverStored_WhateverItsHeadersSay()
    {
        int calls = 0;
        await using CachedGateway gateway = await StartAsync("{ body: { from: document }, headers: { Cache-Control: max-age=3600 } }", "max-age=10", () => ++calls == 1);

        Assert.Equal("""{"from":"document"}""", await gateway.GetAsync("/a"));
        Assert.Equal(0, gateway.Gateway.States.Of<CacheStore>().Single().Count);
        Assert.Equal("good", await gateway.GetAsync("/a"));
    }

    [Fact]
    public async Task StandIn_IsTheCallersOwn()
    {
        await using CachedGateway gateway = await StartAsync("{ cached: true }", "max-age=10, private");
        Assert.Equal("good", await gateway.GetAsync("/a", (TestCallers.User, "ann")));

        Assert.Equal("broken", await gateway.GetAsync("/a", (TestCallers.User, "bob")));
    }

    [Theory]
    [InlineData("get", "x-gateway-cache: true", null)]
    [InlineData("get", "x-gateway-cache: false", "HG2762")]
    [InlineData("post", "x-gateway-cache: true", "HG2762")]
    public void Fallback_OfWhichNothingIsStored_IsAnError(string method, string cache, string? code)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:1") }, $$"""
            openapi: 3.1.0
            info: { title: t, version: v1 }
            paths:
              /a:
                {{method}}: { {{cache}}, x-gateway-backend: { fallback: { cached: true } }, responses: { "200": { description: ok } } }
            """);

        Assert.Equal(code, result.Documents[0].Diagnostics.Items.Select(item => item.Descriptor.Code).SingleOrDefault(found => found == "HG2762"));
    }

    // Good at first, broken from then on, unless a test says otherwise.
    private static Task<CachedGateway> StartAsync(string fallback, string cacheControl, Func<bool>? isBroken = null)
    {
        int calls = 0;
        isBroken ??= () => ++calls > 1;
        return CachedGateway.StartAsync(
            context =>
            {
                if (isBroken())
                {
                    context.Response.StatusCode = 503;
                    return context.Response.WriteAsync("broken");
                }

                context.Response.Headers.CacheControl = cacheControl;
                return context.Response.WriteAsync("good");
            },
            document: $$"""
                openapi: 3.1.0
                info: { title: t, version: v1 }
                paths:
                  /a:
                    get:
                      operationId: getA
                      x-gateway-cache: true
                      x-gateway-backend: { fallback: {{fallback}} }
                      responses: { "200": { description: ok } }
                """);
    }
}
