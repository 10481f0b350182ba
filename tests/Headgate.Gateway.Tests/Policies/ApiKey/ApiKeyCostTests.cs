using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>What keys cost: a request nothing on the heap, whether its key is new to the process or not; a million of them a bounded number of bytes.</summary>
[Collection("Allocation")]
public sealed class ApiKeyCostTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        paths:
          /orders: { get: { operationId: orders, security: [{ key: [orders:read] }], x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
          /query: { get: { operationId: query, security: [{ inQuery: [] }], responses: { "200": { description: ok } } } }
          /cookie: { get: { operationId: cookie, security: [{ inCookie: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { header: X-Old-Key } }
            inQuery: { type: apiKey, in: query, name: api_key, x-gateway-api-key: {} }
            inCookie: { type: apiKey, in: cookie, name: api_key, x-gateway-api-key: {} }
        """;

    [Theory]
    [InlineData("orders", "")]
    [InlineData("query", "?page=1&api_key=KEY&size=10")]
    [InlineData("cookie", "")]
    public async Task Policies_OfAKnownKey_AllocateNothing(string id, string query)
    {
        await using KeyedGateway gateway = await KeyedGateway.StartAsync(Document);
        IssuedApiKey key = await gateway.CreateAsync(new ApiKeyDraft { Name = "n", Owner = "robot", Tenant = "acme", Scopes = ["orders:read"], Roles = [new ApiKeyRole("clerk", null, ["order:*"])] });
        OperationPlan operation = gateway.Gateway.Plan.Apis[0].Operations.Single(operation => operation.Id == id);
        GatewayContext context = TestRequest.Ended(operation, $"/{id}", query.Replace("KEY", key.Text, StringComparison.Ordinal), time: gateway.Time);
        if (id == "orders")
            context.Request.Headers["X-API-Key"] = key.Text;
        if (id == "cookie")
            context.Request.Headers.Cookie = $"a=1; api_key={key.Text}; b=2";
        Run(operation, context);
        Assert.Equal((key.Key.Id, "robot", "acme"), (context.ApiKey, context.User, context.Tenant));

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

    [Fact]
    public void AMillionKeys_StayWithinTheirBytes()
    {
        var known = new KnownKeys();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var digest = new ApiKeyDigest(new byte[32]);
        for (int i = 0; i < KnownKeys.Most; i++)
        {
            // Each with an owner of its own, and as rows of a store are: no text is the same object as another's.
            var key = new ApiKeyRecord { Id = $"{i:D12}", Name = "n", Owner = $"customer-{i:D8}", Tenant = $"tenant-{i % 500}", Scopes = $"orders:read orders:write profile-{i % 10}".Split(' ') };
            known.Take(new StoredApiKey(key, digest, null, i), DateTimeOffset.UnixEpoch);
        }

        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / KnownKeys.Most;
        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes} bytes a key");
        Assert.Equal(KnownKeys.Most, known.Count);
        Assert.InRange(bytes, 100, 400);
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
