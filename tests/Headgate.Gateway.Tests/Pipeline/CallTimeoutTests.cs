using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Tests.Pipeline;

/// <summary>How long an operation may take, for who has to know it beforehand.</summary>
public class CallTimeoutTests
{
    [Theory]
    [InlineData("x-gateway-backend: shop", 30)]
    [InlineData("x-gateway-backend: { service: shop, timeout: 7s }", 7)]
    [InlineData("x-gateway-backend: { service: shop, timeout: long-running }", 300)]
    [InlineData("x-gateway-backend: limited", 30 + 60)]
    [InlineData("x-gateway-aggregate: [{ service: shop, path: /a, field: a, timeout: 45s }, { service: shop, path: /b, field: b }]", 45)]
    [InlineData("x-gateway-aggregate: [{ service: shop, path: /c, field: c, timeout: 5s, dependsOn: [a, b] }, { service: shop, path: /a, field: a, timeout: 40s }, { service: limited, path: /b, field: b, timeout: 10s, dependsOn: a }]", 40 + 10 + 60 + 5)]
    public async Task CallTimeout_IsTheLongestThatTheHandlerMayTake(string handler, int seconds)
    {
        var seen = new ScopeReader();
        string document = $$"""
            openapi: 3.1.0
            info: { title: t, version: v1 }
            x-gateway-config:
              timeout: { default: 30s, long-running: 5m }
              services:
                shop: { url: "http://127.0.0.1:1" }
                limited: { url: "http://127.0.0.1:1", rateLimit: { limit: 1, wait: 1m } }
            paths:
              /items: { post: { operationId: post, {{handler}}, responses: { "200": { description: ok } } } }
            """;
        await using TestGateway gateway = await TestGateway.StartAsync(document, new PlanOptions(), policy: seen);
        Assert.Equal(seconds, seen.CallTimeout.TotalSeconds);
    }

    private sealed class ScopeReader : PolicyCompiler
    {
        public override PipelineStage Stage => PipelineStage.Idempotency;

        public TimeSpan CallTimeout { get; private set; }

        public override GatewayPolicy? Compile(OperationScope scope)
        {
            CallTimeout = scope.CallTimeout;
            return null;
        }
    }
}
