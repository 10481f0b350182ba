using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>Which schemes of keys load, and what is said of the others.</summary>
public class ApiKeyCheckerTests
{
    [Theory]
    [InlineData("{ type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }", null)]
    [InlineData("{ type: apiKey, in: header, name: Authorization, x-gateway-api-key: { header: X-API-Key, store: headgate, staleFor: 7d } }", null)]
    [InlineData("{ type: apiKey, in: query, name: 'the key [1]', x-gateway-api-key: {} }", null)]
    [InlineData("{ type: apiKey, in: cookie, name: session, x-gateway-api-key: {} }", null)]
    [InlineData("{ type: apiKey, in: header, name: X-API-Key }", "HG3004")]
    [InlineData("{ type: http, scheme: bearer, x-gateway-api-key: {} }", "HG2670")]
    [InlineData("{ type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { store: vault } }", "HG2671")]
    [InlineData("{ type: apiKey, in: header, name: Cookie, x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: Host, x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: x_user_id, x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: X-Org, x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: X-Forwarded-Key, x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: 'X API Key', x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: cookie, name: 'a=b', x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: query, name: 'a\"b', x-gateway-api-key: {} }", "HG2672")]
    [InlineData("{ type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { header: Connection } }", "HG2672")]
    public void Scheme_Loads_OrIsRefused(string scheme, string? code)
    {
        PlanResult result = TestGateway.Compile(
            new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") },
            [new ApiKeyAuthenticatorCompiler(new KnownKeys(), TimeProvider.System, NullLogger<ApiKeyAuthenticatorCompiler>.Instance)],
            $$"""
            openapi: 3.1.0
            info: { title: Orders, version: "7" }
            x-gateway-config: { tenancy: { header: X-Org } }
            paths:
              /mine: { get: { operationId: mine, security: [{ key: [] }], responses: { "200": { description: ok } } } }
            components: { securitySchemes: { key: {{scheme}} } }
            """);
        Assert.Equal(code is null ? [] : [code], result.Documents[0].Diagnostics.Items.Select(item => item.Code));
    }
}
