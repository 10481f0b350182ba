using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Policies.View;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Tests.Extensions;

/// <summary>The extensions of operations, in the forms that the documentation prints and their short forms.</summary>
public class PrintedOperationTests
{
    [Fact]
    public void Login_Backend_Loads()
    {
        BackendExtension backend = Get<BackendExtension>("""
            x-gateway-backend:
              service: user-service
              path: /auth/login
              timeout: 10
            """);

        Assert.Equal(("user-service", "/auth/login"), (backend.Service, backend.Path!.Text));
        Assert.Equal(TimeSpan.FromSeconds(10), backend.Timeout!.Total!.Length!.Value.Value);
    }

    [Theory]
    [InlineData("timeout: 10", 10.0, null, null)]
    [InlineData("timeout: 500ms", 0.5, null, null)]
    [InlineData("timeout: long-running", null, "long-running", null)]
    [InlineData("timeout: { total: 1m, perTry: 5s }", 60.0, null, 5.0)]
    [InlineData("timeout: { total: long-running }", null, "long-running", null)]
    public void Backend_Timeout_IsReadInEveryForm(string timeout, double? total, string? name, double? perTry)
    {
        CallTimeout read = Get<BackendExtension>($"x-gateway-backend: {{ service: a, {timeout} }}").Timeout!;

        Assert.Equal(total, read.Total!.Length?.Value.TotalSeconds);
        Assert.Equal(name, read.Total.Name);
        Assert.Equal(perTry, read.PerTry?.Value.TotalSeconds);
    }

    [Fact]
    public void Backend_EverySetting_IsRead()
    {
        BackendExtension backend = Get<BackendExtension>("""
            x-gateway-backend:
              service: a
              path: /x/{orderId}?limit=5
              method: PUT
              retry: 2
              breaker: { threshold: 3, timeout: 10s, successThreshold: 1 }
              bulkhead: 10
              loadBalancing: leastRequests
              requestHeaders: { add: { X-A: b }, set: { X-C: d }, remove: X-E }
              responseHeaders: { remove: [Server] }
              fallback: { status: 203, body: { status: unavailable } }
            """);

        Assert.Equal("PUT", backend.Method);
        Assert.Equal(2, backend.Retry!.Attempts);
        Assert.Equal((3, 10.0, 1), (backend.CircuitBreaker!.Failures, backend.CircuitBreaker.OpenFor.Value.TotalSeconds, backend.CircuitBreaker.Successes));
        Assert.Equal(10, backend.Bulkhead!.MaxConcurrent);
        Assert.Equal(LoadBalancing.LeastRequests, backend.LoadBalancing);
        Assert.Equal("b", backend.RequestHeaders!.Add["X-A"]);
        Assert.Equal(["X-E"], backend.RequestHeaders.Remove);
        Assert.Equal(203, backend.Fallback!.Status);
        Assert.NotNull(backend.Fallback.Body);
    }

    [Fact]
    public void Backend_Over_TakesWhatIsNotGivenFromOutside()
    {
        BackendExtension outer = Get<BackendExtension>("x-gateway-backend: { service: outer, timeout: 10, method: PUT }");
        BackendExtension inner = Get<BackendExtension>("x-gateway-backend: { method: POST }");

        BackendExtension both = inner.Over(outer);

        Assert.Equal(("outer", "POST", 10.0), (both.Service, both.Method, both.Timeout!.Total!.Length!.Value.Value.TotalSeconds));
        Assert.Same(inner, inner.Over(null));
    }

    [Fact]
    public void Backend_NameAlone_IsTheService() => Assert.Equal("user-service", Get<BackendExtension>("x-gateway-backend: user-service").Service);

    [Fact]
    public void Dashboard_Aggregate_Loads()
    {
        AggregateExtension aggregate = Get<AggregateExtension>("""
            x-gateway-aggregate:
              - service: user-service
                path: /users/{userId}
                field: user
              - service: order-service
                path: /orders?userId={userId}&limit=5
                field: recentOrders
              - service: product-service
                path: /products/recommendations?userId={userId}
                field: recommendations
            """);

        Assert.Equal(["user", "recentOrders", "recommendations"], aggregate.Parts.Select(part => part.Field));
        Assert.All(aggregate.Parts, part => Assert.Equal(("GET", false), (part.Method, part.Optional)));
        Assert.Equal("/orders?userId={userId}&limit=5", aggregate.Parts[1].Path.Text);
    }

    [Fact]
    public void Aggregate_EverySettingOfAPart_IsRead()
    {
        AggregatePart part = Assert.Single(Get<AggregateExtension>("""
            x-gateway-aggregate:
              maxSize: 1MiB
              parts:
                - { service: a, path: "/x/{$parts.other#/id}", field: f, optional: true, timeout: 2s, dependsOn: other, fallback: [], select: /content, cache: 30s, retry: 2 }
            """).Parts);

        Assert.Equal(["other"], part.DependsOn);
        Assert.True(part.Optional);
        Assert.Equal("/content", part.Select!.Text);
        Assert.Equal(30, part.Cache!.Ttl!.Value.Value.TotalSeconds);
        Assert.NotNull(part.Fallback);
    }

    [Fact]
    public void Authorize_InEveryForm_IsRead()
    {
        Assert.Equal("application:read", Get<AuthorizeExtension>("x-gateway-authorize: application:read").Permission);
        AuthorizeExtension rules = Get<AuthorizeExtension>("x-gateway-authorize: { permission: application:read, scope: 'team:{orderId}', anyOf: [a:b, { permission: c:d, allOf: [e:f] }] }");
        Assert.Equal("team:{orderId}", rules.Scope);
        Assert.Equal("a:b", rules.AnyOf[0].Permission);
        Assert.Equal("e:f", rules.AnyOf[1].AllOf[0].Permission);
    }

    [Fact]
    public void Cache_InEveryForm_IsRead()
    {
        Assert.Equal(60, Get<CacheExtension>("x-gateway-cache: 60").Ttl!.Value.Value.TotalSeconds);
        Assert.False(Get<CacheExtension>("x-gateway-cache: false").Enabled);
        Assert.True(Get<CacheExtension>("x-gateway-cache: {shared: true}").Shared);
    }

    [Fact]
    public void RateLimit_InEveryForm_IsNormalised()
    {
        RequestLimit only = Assert.Single(Get<RateLimitExtension>("x-gateway-rate-limit: { limit: 10, window: 1m, by: 'header:X-Key', burst: 2 }").ToLimits());
        Assert.Equal(("header-X-Key", "X-Key", 10, 60.0, 2), (only.Name, only.By.Header, only.Limit, only.Window.TotalSeconds, only.Burst));
        Assert.Equal(7, Assert.Single(Get<RateLimitExtension>("x-gateway-rate-limit: 7").ToLimits()).Limit);
        Assert.Equal(2, Get<RateLimitExtension>("x-gateway-rate-limit: [{ by: ip, limit: 1 }, { by: api-key, limit: 2 }]").ToLimits().Count);
    }

    [Fact]
    public void Sunset_InEveryForm_IsRead()
    {
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.Zero), Get<SunsetExtension>("x-gateway-sunset: 2025-12-31").Date);
        SunsetExtension sunset = Get<SunsetExtension>("x-gateway-sunset: { date: '2030-01-02T03:04:05Z', deprecated: 2029-01-01, successor: /api/v2/users, gone: true }");
        Assert.Equal(("/api/v2/users", true), (sunset.Successor, sunset.Gone));
    }

    [Fact]
    public void View_Fields_AreRead()
    {
        ViewExtension view = Get<ViewExtension>("x-gateway-view: { default: web, views: { mobile: [id, total.amount], web: ['*'] } }");

        Assert.Equal(["id", "total.amount"], view.Views["mobile"]);
    }

    private static T Get<T>(string extension)
        where T : class
    {
        ApiOperation operation = GatewayDocument.Operation(extension);
        return Assert.IsType<T>(operation.Extensions.Get<T>());
    }
}
