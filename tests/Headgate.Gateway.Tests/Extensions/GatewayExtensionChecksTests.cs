using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Tests.Extensions;

public class GatewayExtensionChecksTests
{
    private const string Services = "x-gateway-config: { services: { user-service: http://u.example, order-service: http://o.example }, timeout: { default: 30, long-running: 120 } }";

    [Theory]
    [InlineData("service: usr-service", "HG2500", "Did you mean 'user-service'?")]
    [InlineData("service: payment", "HG2500", "Add it to services in x-gateway-config, or start with --service payment=URL.")]
    [InlineData("timeout: long-runing", "HG2501", "Did you mean 'long-running'?")]
    [InlineData("retry: { baseDelay: 20s }", "HG2507", null)]
    [InlineData("path: '/x/{$request.path.orderld}'", "HG2040", "Did you mean 'orderId'?")]
    [InlineData("path: '/x/{orderld}'", "HG2042", "Did you mean '{orderId}'?")]
    [InlineData("fallback: { body: $parts.x }", "HG2040", null)]
    public void Backend_Mistake_IsReportedAtItsPlace(string setting, string code, string? fix)
    {
        Diagnostic finding = Assert.Single(GatewayDocument.Check(GatewayDocument.Document(Services, $"x-gateway-backend: {{ {setting} }}")));

        Assert.Equal(code, finding.Code);
        Assert.StartsWith("/paths/~1orders~1{orderId}/post/x-gateway-backend/" + setting[..setting.IndexOf(':', StringComparison.Ordinal)], finding.Pointer, StringComparison.Ordinal);
        if (fix is not null)
            Assert.Equal(fix, finding.Fix);
    }

    [Fact]
    public void Backend_ServiceOfTheSettings_IsKnown() =>
        Assert.Empty(GatewayDocument.Check(GatewayDocument.Document(Services, "x-gateway-backend: payment"), "payment"));

    [Fact]
    public void Backend_OfADocument_IsReportedOnce()
    {
        Diagnostic finding = Assert.Single(GatewayDocument.Check(GatewayDocument.Document(Services + "\nx-gateway-backend: nobody")));

        Assert.Equal(("HG2500", "/x-gateway-backend"), (finding.Code, finding.Pointer));
    }

    [Theory]
    [InlineData("{ a: { url: 'http://a', urls: ['http://b'] } }", "HG2502")]
    [InlineData("{ a: { urls: ['http://a', 'http://b'], weights: [1] } }", "HG2503")]
    [InlineData("{ a: { url: 'http://a', retry: { baseDelay: 20s } } }", "HG2507")]
    public void Service_Mistake_IsReported(string services, string code) =>
        Assert.Equal(code, Assert.Single(GatewayDocument.Check(GatewayDocument.Document($"x-gateway-config: {{ services: {services} }}"))).Code);

    [Theory]
    [InlineData("{ limits: [{ name: a, limit: 1 }, { name: a, limit: 2 }] }", "HG2506", "/x-gateway-config/rateLimit/limits/1")]
    [InlineData("{ by_endpoint: { /orders: { requests_per_hour: 1 } } }", "HG2504", "/x-gateway-config/rateLimit/by_endpoint/~1orders")]
    [InlineData("{ by_endpoint: { GET /orders/*: { requests_per_hour: 1 } } }", "HG2505", "/x-gateway-config/rateLimit/by_endpoint/GET ~1orders~1*")]
    public void Limits_Mistake_IsReportedAtItsPlace(string limits, string code, string pointer)
    {
        Diagnostic finding = Assert.Single(GatewayDocument.Check(GatewayDocument.Document($"x-gateway-config: {{ rateLimit: {limits} }}")));

        Assert.Equal((code, pointer), (finding.Code, finding.Pointer));
    }

    [Fact]
    public void Limits_EndpointOfAnOperation_Passes() =>
        Assert.Empty(GatewayDocument.Check(GatewayDocument.Document("x-gateway-config: { rateLimit: { by_endpoint: { POST /orders/*: { requests_per_hour: 1 } } } }")));

    [Theory]
    [InlineData("[{ service: user-service, path: /u, field: a }, { service: user-service, path: /v, field: a }]", "HG2600")]
    [InlineData("[{ service: user-service, path: /u, field: a, dependsOn: b }]", "HG2601")]
    [InlineData("[{ service: nobody, path: /u, field: a }]", "HG2500")]
    [InlineData("[{ service: user-service, path: '/u/{$parts.b}', field: a }, { service: user-service, path: /v, field: b }]", "HG2040")]
    [InlineData("[{ service: user-service, path: /u, field: a, input: $steps.x.response.body }]", "HG2040")]
    public void Aggregate_Mistake_IsReported(string parts, string code) =>
        Assert.Equal(code, Assert.Single(GatewayDocument.Check(GatewayDocument.Document(Services, $"x-gateway-aggregate: {parts}"))).Code);

    [Fact]
    public void Aggregate_Circle_IsReportedForEachPartInIt()
    {
        const string Parts = "[{ service: user-service, path: /u, field: a, dependsOn: b }, { service: user-service, path: /v, field: b, dependsOn: c }, { service: user-service, path: /w, field: c, dependsOn: a }]";

        Assert.Equal(["HG2602", "HG2602", "HG2602"], GatewayDocument.Check(GatewayDocument.Document(Services, $"x-gateway-aggregate: {Parts}")).Select(one => one.Code));
    }

    [Fact]
    public void Aggregate_PartThatIsWaitedForByWayOfAnother_Passes()
    {
        const string Parts = "[{ service: user-service, path: /u, field: a }, { service: user-service, path: /v, field: b, dependsOn: a }, { service: user-service, path: '/w/{$parts.a#/id}', field: c, dependsOn: [b] }]";

        Assert.Empty(GatewayDocument.Check(GatewayDocument.Document(Services, $"x-gateway-aggregate: {Parts}")));
    }

    [Theory]
    [InlineData("x-gateway-authorize: 'application:*'", "HG2640")]
    [InlineData("x-gateway-authorize: { scope: team:a }", "HG2641")]
    [InlineData("x-gateway-authorize: { anyOf: [{ scope: team:a }, b:c] }", "HG2641")]
    [InlineData("x-gateway-authorize: { permission: a:b, scope: 'team:{teamId}' }", "HG2643")]
    [InlineData("x-gateway-authorize: { permission: a:b, scope: team }", "HG2643")]
    [InlineData("x-gateway-rate-limit: { window: 1m }", "HG2006")]
    [InlineData("x-gateway-sunset: { date: 2029-01-01, deprecated: 2030-01-01 }", "HG2680")]
    [InlineData("x-gateway-sunset: { gone: true }", "HG2681")]
    [InlineData("x-gateway-view: { default: tv, views: { web: [id] } }", "HG2690")]
    [InlineData("x-gateway-view: { pathParameter: kind, views: { web: [id] } }", "HG2691")]
    public void Operation_Mistake_IsReported(string extension, string code) =>
        Assert.Equal(code, Assert.Single(GatewayDocument.Check(GatewayDocument.Document(Services, extension))).Code);

    [Fact]
    public void Authorize_PublicOperation_IsReported()
    {
        string document = GatewayDocument.Document(Services, "x-gateway-authorize: a:b").Replace("security: [{ bearerAuth: [] }]", "security: []", StringComparison.Ordinal);

        Assert.Equal("HG2642", Assert.Single(GatewayDocument.Check(document)).Code);
    }

    [Theory]
    [InlineData("{ type: apiKey, name: k, in: header, x-gateway-jwt: { issuer: https://i.example, audiences: a } }", "HG2660")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { audiences: a } }", "HG2661")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: https://i.example, audiences: a, jwks: {} } }", "HG2662")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { audiences: a, jwks: { file: k.json, uri: https://i.example } } }", "HG2662")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: https://i.example, audiences: a, jwks: { refresh: 2h, staleFor: 1h } } }", "HG2662")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { audiences: a, jwks: { service: user-service, path: keys } } }", "HG2662")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { audiences: a, jwks: { service: nobody } } }", "HG2500")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { audiences: a, jwks: { uri: http://i.example/keys } } }", "HG2664")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: http://i.example, audiences: a } }", "HG2664")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: someone, audiences: a } }", "HG2664")]
    [InlineData("{ type: openIdConnect, openIdConnectUrl: http://i.example/.well-known/openid-configuration, x-gateway-jwt: { audiences: a } }", "HG2664")]
    [InlineData("{ type: openIdConnect, openIdConnectUrl: https://i.example/.well-known/openid-configuration }", "HG2663")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: https://i.example, audiences: a, algorithms: [EdDSA] } }", "HG2666")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-jwt: { issuer: https://i.example } }", "HG2663")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-api-key: {} }", "HG2670")]
    public void Scheme_Mistake_IsReported(string scheme, string code)
    {
        string document = GatewayDocument.Document(Services).Replace("{ type: http, scheme: bearer }", scheme, StringComparison.Ordinal);

        Assert.Equal(code, Assert.Single(GatewayDocument.Check(document)).Code);
    }

    [Fact]
    public void Document_WithoutExtensions_Passes() => Assert.Empty(GatewayDocument.Check(GatewayDocument.Document("")));
}
