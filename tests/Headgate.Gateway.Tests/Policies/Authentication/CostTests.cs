using System.Diagnostics;
using System.Text.Json.Nodes;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Tests.Policies.Jwt;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Authentication;

/// <summary>What callers, tenants and permissions cost a request: nothing on the heap once the token is known.</summary>
public sealed class CostTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID], required: all } }
        paths:
          /teams/{teamId}:
            parameters: [{ name: teamId, in: path, required: true, schema: { type: string } }]
            get:
              operationId: team
              security: [{ user: [orders:read] }]
              x-gateway-authorize: { permission: "resource:database:read", scope: "team:{teamId}" }
              responses: { "200": { description: ok } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
        """;

    private SecuredGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await SecuredGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Policies_OfAKnownToken_AllocateNothing()
    {
        OperationPlan operation = _gateway.Gateway.Plan.Apis[0].Operations[0];
        Assert.Equal(["size-limits", "authentication", "tenancy", "authorize"], operation.RequestPolicies.Select(policy => policy.Name));
        GatewayContext context = Request(operation);
        foreach (GatewayPolicy policy in operation.RequestPolicies)
            Assert.Equal(PolicyVerdict.Continue, await policy.OnRequestAsync(context));
        Assert.Equal(("user-7", "acme"), (context.User, context.Tenant));

        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                Run(operation, context);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    // Not a measurement: it tells a change of kind (a document built, a key imported for each token) from the cost of the signature.
    [Fact]
    public void Verification_OfANewToken_CostsLittleBesideItsSignature()
    {
        using var issuer = new TestIssuer();
        JwtVerifier verifier = Verifiers.Of(JwtAlgorithm.RS256);
        var keys = issuer.KeySet();
        string token = issuer.Sign(claims: Claims());
        long least = long.MaxValue;
        var fastest = TimeSpan.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < 100; i++)
                Assert.NotNull(verifier.Verify(token, keys).Token);
            TimeSpan took = Stopwatch.GetElapsedTime(began);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            fastest = took < fastest ? took : fastest;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{fastest.TotalMicroseconds / 100:F1} µs, {least / 100} bytes");
        Assert.InRange(least / 100, 0, 2_000);
        Assert.InRange(fastest.TotalMicroseconds / 100, 0, 500);
    }

    private GatewayContext Request(OperationPlan operation)
    {
        GatewayContext context = TestRequest.Ended(operation, path: "/teams/frontend", time: _gateway.Time);
        Assert.Same(operation, _gateway.Gateway.Plan.Routes.Match("GET", "/teams/frontend", context.PathValues).Operation);
        context.Request.Headers.Authorization = $"Bearer {_gateway.Issuer.Sign(claims: Claims())}";
        return context;
    }

    private static JsonObject Claims()
    {
        JsonObject claims = TestIssuer.Claims();
        claims["roles"] = JsonNode.Parse("""[{"role": "developer", "scope": "team:frontend", "permissions": ["application:read", "resource:*:write", "resource:*"]}]""");
        return claims;
    }

    private static void Run(OperationPlan operation, GatewayContext context)
    {
        foreach (GatewayPolicy policy in operation.RequestPolicies)
        {
            ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
            if (!verdict.IsCompletedSuccessfully || verdict.Result != PolicyVerdict.Continue)
                throw new InvalidOperationException("The request was to pass at once.");
        }
    }
}
