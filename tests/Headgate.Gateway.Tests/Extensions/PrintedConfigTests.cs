using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Tests.Extensions;

/// <summary>The configuration blocks of the documentation, in the form in which they are printed there.</summary>
public class PrintedConfigTests
{
    [Fact]
    public void ECommerceGateway_Config_Loads()
    {
        GatewayConfigExtension config = GatewayDocument.Config("""
            rateLimit:
              default: 1000
              authenticated: 5000
              window: 1h
            timeout:
              default: 30
              long-running: 120
            retry:
              attempts: 3
              backoff: exponential
            """);

        Assert.Equal(TimeSpan.FromSeconds(30), config.Timeout.Default.Value);
        Assert.Equal(TimeSpan.FromSeconds(120), config.Timeout.Named["long-running"].Value);
        Assert.Equal((3, Backoff.Exponential), (config.Retry!.Attempts, config.Retry.Backoff));
        Assert.Collection(
            config.RateLimit!.ToLimits(),
            limit => Assert.Equal(
                new RequestLimit { Name = "default", By = new(RateLimitBy.Ip), Limit = 1000, Window = TimeSpan.FromHours(1), Burst = 1000, Callers = LimitedCallers.Anonymous }, limit),
            limit => Assert.Equal(
                new RequestLimit { Name = "authenticated", By = new(RateLimitBy.User), Limit = 5000, Window = TimeSpan.FromHours(1), Burst = 5000, Callers = LimitedCallers.Authenticated }, limit));
    }

    [Fact]
    public void RateLimitsBlock_OfThePlatformDocument_Loads()
    {
        // api-gateway-and-realtime.md §6.1
        const string Block = """
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
            """;

        IReadOnlyList<RequestLimit> limits = GatewayDocument.Config(Block).RateLimit!.ToLimits();

        Assert.Equal(["global", "per-user", "per-tenant", "POST /api/v1/applications", "PUT /api/v1/applications/*/desired-state"], limits.Select(limit => limit.Name));
        Assert.Equal([1000, 100, 500, 50, 200], limits.Select(limit => limit.Limit));
        Assert.Equal([60, 60, 60, 3600, 3600], limits.Select(limit => (int)limit.Window.TotalSeconds));
        Assert.Equal(
            [RateLimitBy.Global, RateLimitBy.User, RateLimitBy.Tenant, RateLimitBy.Endpoint, RateLimitBy.Endpoint], limits.Select(limit => limit.By.By));
        Assert.True(limits[4].Endpoint!.Matches("PUT", "/api/v1/applications/{id}/desired-state"));
        Assert.False(limits[4].Endpoint!.Matches("PUT", "/api/v1/applications/{id}"));
        Assert.False(limits[4].Endpoint!.Matches("GET", "/api/v1/applications/{id}/desired-state"));
    }

    [Fact]
    public void CanonicalForms_Load()
    {
        ApiDocument document = GatewayDocument.Good(GatewayDocument.Load("""
            openapi: 3.1.0
            info: { title: T, version: '1' }
            paths: {}
            components:
              securitySchemes:
                bearerAuth:
                  type: http
                  scheme: bearer
                  bearerFormat: JWT
                  x-gateway-jwt:
                    issuer: https://idp.example
                    audiences: [api://orders]
                    jwks: { file: ./jwks.json }        # or { uri: … }; or nothing: OIDC discovery from the issuer
                    algorithms: [RS256, ES256]         # default: RS256 PS256 ES256 EdDSA; never none; HS256 only where named
                    clockSkew: 30s
            x-gateway-config:
              services:
                product-service: { url: http://127.0.0.1:9001 }   # or urls: […], or { discovery: … }; --service NAME=URL[,URL] overrides
              tenancy: { claim: tenant_id, header: X-Tenant-ID, acceptHeader: [] }   # header: the name upstreams see; acceptHeader: inbound names believed when no claim says otherwise
              errors: { dialect: problem, upstream: pass }         # dialect: problem | envelope | service; upstream: map turns upstream error bodies into the dialect; `errors: problem` is short for it
              rateLimit:
                limits:
                  - { name: per-user,   by: user,   limit: 100,  window: 1m, burst: 20 }
                  - { name: per-tenant, by: tenant, limit: 500,  window: 1m }
                  - { name: global,     by: global, limit: 1000, window: 1m }
            """));

        JwtExtension jwt = document.SecuritySchemes["bearerAuth"].Extensions.Get<JwtExtension>()!;
        Assert.Equal(("https://idp.example", "./jwks.json", 30.0), (jwt.Issuer, jwt.Jwks!.File, jwt.ClockSkew.Value.TotalSeconds));
        Assert.Equal([JwtAlgorithm.RS256, JwtAlgorithm.ES256], jwt.Algorithms);
        GatewayConfigExtension config = document.Extensions.Get<GatewayConfigExtension>()!;
        Assert.Equal(["http://127.0.0.1:9001"], config.Services["product-service"].Addresses);
        Assert.Equal(("tenant_id", "X-Tenant-ID", 0), (config.Tenancy.Claim, config.Tenancy.Header, config.Tenancy.AcceptHeader.Count));
        Assert.Equal((ErrorDialectName.Problem, UpstreamErrors.Pass), (config.Errors.Dialect, config.Errors.Upstream));
        Assert.Equal([("per-user", 100, 20), ("per-tenant", 500, 500), ("global", 1000, 1000)], config.RateLimit!.ToLimits().Select(limit => (limit.Name, limit.Limit, limit.Burst)));
    }

    [Theory]
    [InlineData("errors: problem", ErrorDialectName.Problem)]
    [InlineData("errors: envelope", ErrorDialectName.Envelope)]
    [InlineData("errors: service", ErrorDialectName.Service)]
    public void Errors_ShortForm_NamesTheDialect(string block, ErrorDialectName dialect) => Assert.Equal(dialect, GatewayDocument.Config(block).Errors.Dialect);

    [Fact]
    public void Services_InEveryForm_GiveAddresses()
    {
        GatewayConfigExtension config = GatewayDocument.Config("""
            services:
              short: http://127.0.0.1:9001
              list: [http://127.0.0.1:9001, https://b.example/base]
              weighted: { urls: [http://a.example, h2c://b.example:9000], weights: [3, 1], loadBalancing: round-robin, timeouts: { connect: 1s, headers: 2s, idle: 3s, total: 4s } }
              found: { discovery: consul }
            timeout: 10
            """);

        Assert.Equal(["http://127.0.0.1:9001"], config.Services["short"].Addresses);
        Assert.Equal(2, config.Services["list"].Addresses.Count);
        ServiceSettings weighted = config.Services["weighted"];
        Assert.Equal([3, 1], weighted.Weights);
        Assert.Equal(LoadBalancing.RoundRobin, weighted.LoadBalancing);
        Assert.Equal((1.0, 2.0, 3.0, 4.0), (weighted.Timeouts.Connect.Value.TotalSeconds, weighted.Timeouts.Headers!.Value.Value.TotalSeconds, weighted.Timeouts.Idle.Value.TotalSeconds, weighted.Timeouts.Total!.Value.Value.TotalSeconds));
        Assert.Equal("consul", config.Services["found"].Discovery!.Provider);
        Assert.Equal(TimeSpan.FromSeconds(10), config.Timeout.Default.Value);
    }

    [Fact]
    public void Config_Empty_HasTheDocumentedDefaults()
    {
        GatewayConfigExtension config = GatewayDocument.Config("services: {}");

        Assert.Equal((true, 5, 60.0, 2), (config.CircuitBreaker.Enabled, config.CircuitBreaker.Failures, config.CircuitBreaker.OpenFor.Value.TotalSeconds, config.CircuitBreaker.Successes));
        Assert.Null(config.Retry);
        var retry = new RetrySettings();
        Assert.Equal((3, 1.0, 10.0, 0.3), (retry.Attempts, retry.BaseDelay.Value.TotalSeconds, retry.MaxDelay.Value.TotalSeconds, retry.Jitter));
        var timeouts = new ServiceTimeouts();
        Assert.Equal((5.0, 60.0), (timeouts.Connect.Value.TotalSeconds, timeouts.Idle.Value.TotalSeconds));
    }

    [Fact]
    public void TrustedProxies_AddressesAndNetworks_BecomeNetworks()
    {
        GatewayConfigExtension config = GatewayDocument.Config("trustedProxies: [10.0.0.0/8, 192.0.2.1, '::1']");

        Assert.Equal(["10.0.0.0/8", "192.0.2.1/32", "::1/128"], config.TrustedNetworks.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("services: { a: 'ftp://x' }")]
    [InlineData("services: { a: 'http://user@x' }")]
    [InlineData("services: { 'a b': 'http://x' }")]
    [InlineData("trustedProxies: [10.0.0.0/33]")]
    [InlineData("trustedProxies: proxy.example")]
    [InlineData("cors: { origins: [https://app.example/path] }")]
    [InlineData("rateLimit: { limits: [{ by: usr, limit: 1 }] }")]
    [InlineData("rateLimit: { limits: [{ by: 'header:', limit: 1 }] }")]
    [InlineData("rateLimit: { limits: [{ limit: 0 }] }")]
    [InlineData("timeout: 0")]
    [InlineData("retry: { attempts: 0 }")]
    [InlineData("tenancy: { header: 'X Tenant' }")]
    public void Config_WrongValue_IsRefused(string block)
    {
        LoadResultOf(block, out string[] codes);

        Assert.Single(codes);
        Assert.StartsWith("HG20", codes[0], StringComparison.Ordinal);

        static void LoadResultOf(string block, out string[] codes) =>
            codes = [.. GatewayDocument.Load(GatewayDocument.Document("x-gateway-config:\n  " + block)).Diagnostics.Items.Select(item => item.Code)];
    }

    [Theory]
    [InlineData("cors: https://app.example", "https://app.example")]
    [InlineData("cors: '*'", "*")]
    [InlineData("cors: { allowOrigins: ['https://*.example'], allowCredentials: true, maxAge: 1h }", "https://*.example")]
    public void Cors_InEveryForm_NamesOrigins(string block, string origin) => Assert.Equal([origin], GatewayDocument.Config(block).Cors!.Origins);
}
