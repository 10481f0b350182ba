using System.Net;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.Authentication;

/// <summary>Schemes that nobody here checks: refused at load, or left to the upstreams where the operator says so.</summary>
public class PassthroughTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        paths:
          /token: { get: { operationId: token, security: [{ user: [] }], responses: { "200": { description: ok } } } }
          /key: { get: { operationId: key, security: [{ key: [] }], x-gateway-authorize: "a:b", responses: { "200": { description: ok } } } }
          /either: { get: { operationId: either, security: [{ user: [] }, { key: [] }], responses: { "200": { description: ok } } } }
          /both: { get: { operationId: both, security: [{ user: [], key: [] }], responses: { "200": { description: ok } } } }
          /optional: { get: { operationId: optional, security: [{ key: [] }, {}], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
            key: { type: apiKey, in: header, name: X-Key }
        """;

    [Theory]
    [InlineData("/token", false, 401)]
    [InlineData("/token", true, 200)]
    [InlineData("/key", false, 200)]
    [InlineData("/either", false, 200)]
    [InlineData("/either", true, 200)]
    [InlineData("/both", false, 401)]
    [InlineData("/both", true, 200)]
    [InlineData("/optional", false, 200)]
    public async Task Passthrough_LeavesWhatNobodyChecks_AndChecksTheRest(string path, bool withToken, int status)
    {
        await using SecuredGateway gateway = await SecuredGateway.StartAsync(Document, passthrough: true);
        using HttpResponseMessage response = await gateway.GetAsync(path, withToken ? [$"Authorization: Bearer {gateway.Issuer.Sign()}"] : []);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Fact]
    public async Task Permission_OfCallersThatNobodyChecks_IsLeftToTheUpstreamsToo()
    {
        await using SecuredGateway gateway = await SecuredGateway.StartAsync(Document, passthrough: true);
        OperationPlan key = gateway.Gateway.Plan.Apis[0].Operations.Single(operation => operation.Id == "key");
        Assert.DoesNotContain(key.RequestPolicies, policy => policy.Name == "authorize");
    }

    [Theory]
    [InlineData("{ type: http, scheme: bearer }", "HG3004", "does not say whose tokens are accepted")]
    [InlineData("{ type: apiKey, in: header, name: X-Key }", "HG3004", "does not say whose keys are accepted")]
    [InlineData("{ type: mutualTLS }", "HG3004", "cannot be enforced by this version")]
    public void Scheme_ThatNobodyChecks_IsAnErrorOfLoading(string scheme, string code, string message)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") }, $$"""
            openapi: 3.1.0
            info: { title: Orders, version: "7" }
            paths:
              /key: { get: { operationId: key, security: [{ key: [] }], responses: { "200": { description: ok } } } }
            components: { securitySchemes: { key: {{scheme}} } }
            """);
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Code == code && item.Message.Contains(message, StringComparison.Ordinal));
    }
}
