using System.Reflection;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Tests.Plans.Listing;

/// <summary>Plans are compared by what they do: whatever changes that is told, and nothing else is.</summary>
public class PlanComparisonTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config:
          services:
            orders: { url: "http://127.0.0.1:1" }
            users: { url: "http://127.0.0.1:2" }
          timeout: { default: 20s }
          rateLimit: { limits: [{ name: per-address, by: ip, limit: 100, window: 1m }] }
        x-gateway-backend: { service: orders }
        paths:
          /orders:
            get:
              operationId: listOrders
              parameters: [{ name: page, in: query, schema: { $ref: "#/components/schemas/Page" } }]
              responses: { "200": { description: ok } }
            post:
              operationId: createOrder
              x-gateway-backend: { timeout: 5s }
              requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
              responses: { "200": { description: ok } }
        components:
          schemas:
            Page: { type: integer, minimum: 1 }
            Order: { type: object, description: An order., properties: { description: { type: string }, parent: { $ref: "#/components/schemas/Order" } } }
        """;

    public static TheoryData<string, string, string, string[]> Changes() => new()
    {
        { "default: 20s", "default: 25s", "GET /orders", ["timeout.headers", "timeout.total"] },
        { "default: 20s }", "default: 20s }\n  retry: { attempts: 3 }", "GET /orders", ["retry.attempts"] },
        { "default: 20s }", "default: 20s }\n  circuitBreaker: { failures: 7 }", "GET /orders", ["circuitBreaker.failures"] },
        { "default: 20s }", "default: 20s }\n  cache: { ttl: 5s }", "GET /orders", ["cache.ttl", "policies"] },
        { "default: 20s }", "default: 20s }\n  cache: { ttl: 5s }", "POST /orders", ["cache", "policies"] },
        { "default: 20s }", "default: 20s }\n  cors: { origins: ['https://a.example'] }", "GET /orders", ["cors.origins", "policies"] },
        { "default: 20s }", "default: 20s }\n  compression: {}", "GET /orders", ["compression.codings", "policies"] },
        { "default: 20s }", "default: 20s }\n  securityHeaders: {}", "GET /orders", ["policies", "securityHeaders.frames"] },
        { "default: 20s }", "default: 20s }\n  tenancy: { acceptHeader: [X-Shop] }", "GET /orders", ["policies", "tenancy"] },
        { "default: 20s }", "default: 20s }\n  limits: { requestBody: 1MiB, concurrency: [{ by: endpoint, limit: 9 }] }", "GET /orders", ["concurrency by endpoint", "policies", "size of the body"] },
        { "default: 20s }", "default: 20s }\n  addresses: { allow: [10.0.0.0/8] }", "GET /orders", ["addresses.allow", "policies"] },
        { "default: 20s }", "default: 20s }\n  validation: { maxBody: 9KiB }", "GET /orders", ["validation.maxBody"] },
        { "default: 20s }", "default: 20s }\n  errors: { upstream: map }", "GET /orders", ["backend.errors"] },
        { "limit: 100", "limit: 50", "GET /orders", ["limit per-address"] },
        { "x-gateway-backend: { service: orders }", "x-gateway-backend: { service: users }", "GET /orders", ["backend.service"] },
        { "x-gateway-backend: { timeout: 5s }", "x-gateway-backend: { timeout: 5s, path: /v2/orders, method: PUT }", "POST /orders", ["backend.method", "backend.path"] },
        { "x-gateway-backend: { timeout: 5s }", "x-gateway-backend: { timeout: 5s, bulkhead: 3 }", "POST /orders", ["bulkhead.maxConcurrent"] },
        { "x-gateway-backend: { timeout: 5s }", "x-gateway-backend: { timeout: 5s, fallback: { status: 202 } }", "POST /orders", ["fallback.status"] },
        { "x-gateway-backend: { timeout: 5s }", "x-gateway-backend: { timeout: 5s, requestHeaders: { set: { X-A: b } } }", "POST /orders", ["policies", "requestHeaders.set.X-A"] },
        { "x-gateway-backend: { timeout: 5s }", "x-gateway-backend: { timeout: 5s, responseHeaders: { remove: [Server] } }", "POST /orders", ["policies", "responseHeaders.remove"] },
        { "minimum: 1", "minimum: 0", "GET /orders", ["parameter page (query)"] },
        { "description: { type: string }", "description: { type: integer }", "POST /orders", ["body application/json"] },
        { "operationId: listOrders", "operationId: searchOrders", "GET /orders", ["operation"] },
        { "operationId: listOrders", "operationId: listOrders\n      deprecated: true", "GET /orders", ["deprecated", "policies"] },
        { "127.0.0.1:1", "127.0.0.1:3", "orders", ["instances"] },
        { "orders: { url: \"http://127.0.0.1:1\" }", "orders: { url: \"http://127.0.0.1:1\", healthCheck: /healthz }", "orders", ["healthCheck.path"] },
        { "version: \"1\"", "version: \"2\"", "api1", ["version"] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Change_OfWhatIsDone_IsTold(string text, string other, string part, string[] settings)
    {
        Assert.Contains(text, Document, StringComparison.Ordinal);
        IReadOnlyList<PlanChange> changes = Compare(Document, Document.Replace(text, other, StringComparison.Ordinal));
        PlanChange change = Assert.Single(changes, change => change.Name == part);
        Assert.Equal(PlanChangeKind.Changed, change.Change);
        Assert.All(settings, setting => Assert.Contains(setting, change.Settings.Select(one => one.Name)));
        Assert.All(change.Settings, setting => Assert.NotEqual(setting.Before, setting.After));
    }

    [Theory]
    [InlineData("default: 20s", "default: 20000ms")]
    [InlineData("An order.", "Something that somebody wants.")]
    [InlineData("schemas/Order", "schemas/Purchase")]
    [InlineData("Page: { type: integer, minimum: 1 }", "Page: { minimum: 1, type: integer }")]
    [InlineData("type: object, description", "type: object, x-note: 1, description")]
    public void Change_OfTheTextAlone_IsNone(string text, string other)
    {
        Assert.Contains(text, Document, StringComparison.Ordinal);
        string changed = Document.Replace(text, other, StringComparison.Ordinal);
        if (text == "schemas/Order")
            changed = changed.Replace("Order: { type", "Purchase: { type", StringComparison.Ordinal);
        Assert.Empty(Compare(Document, changed));
    }

    // Whose own timeout is given is not affected by the document's.
    [Fact]
    public void Change_OfADefault_IsToldWhereItHolds()
    {
        PlanChange change = Assert.Single(Compare(Document, Document.Replace("default: 20s", "default: 25s", StringComparison.Ordinal)));
        Assert.Equal(("GET /orders", "20s", "25s"), (change.Name, change.Settings[^1].Before, change.Settings[^1].After));
    }

    [Fact]
    public void Operations_ThatComeAndGo_AreTold()
    {
        string other = Document.Replace("/orders:\n    get:", "/purchases:\n    get:", StringComparison.Ordinal);
        PlanChange[] changes = [.. Compare(Document, other)];
        Assert.Equal(["Added GET /purchases", "Added POST /purchases", "Removed GET /orders", "Removed POST /orders"], changes.Select(change => $"{change.Change} {change.Name}").Order(StringComparer.Ordinal));
        Assert.All(changes[0].Settings, setting => Assert.Null(setting.Before));
        Assert.All(changes[^1].Settings, setting => Assert.Null(setting.After));
        PlanDifference inShort = PlanDifference.Of(Plan(Document), Plan(other));
        Assert.Equal(["GET /purchases of api1", "POST /purchases of api1"], inShort.Added);
        Assert.Equal(["GET /orders of api1", "POST /orders of api1"], inShort.Removed.Order());
        Assert.Empty(inShort.Changed);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void InShort_NamesWhatChanges(string text, string other, string part, string[] settings)
    {
        Assert.NotEmpty(settings);
        PlanDifference difference = PlanDifference.Of(Plan(Document), Plan(Document.Replace(text, other, StringComparison.Ordinal)));
        Assert.Contains(difference.Changed, name => name.Contains(part, StringComparison.Ordinal));
        Assert.Equal((0, 0), (difference.Added.Count, difference.Removed.Count));
    }

    [Fact]
    public void InShort_OfALargePlan_TellsWhatComesAndGoesAlone()
    {
        string paths = string.Concat(Enumerable.Range(0, PlanDifference.MostOperations - 1).Select(i => $"  /p{i}: {{ get: {{ responses: {{ '200': {{ description: ok }} }} }} }}\n"));
        string large = Document.Replace("components:\n", paths + "components:\n", StringComparison.Ordinal);
        PlanDifference difference = PlanDifference.Of(Plan(large), Plan(large.Replace("default: 20s", "default: 25s", StringComparison.Ordinal).Replace("/p7:", "/q7:", StringComparison.Ordinal).Replace("127.0.0.1:1", "127.0.0.1:3", StringComparison.Ordinal)));
        Assert.Equal(("GET /q7 of api1", "GET /p7 of api1", "service orders of api1"), (Assert.Single(difference.Added), Assert.Single(difference.Removed), Assert.Single(difference.Changed)));
    }

    [Fact]
    public void State_OfWhatRuns_IsNoDifference()
    {
        GatewayPlan plan = Plan(Document);
        PlanPart[] before = [.. PlanListing.Of(plan)];
        foreach (BreakerState breaker in plan.Apis[0].UsedStates.OfType<BreakerState>())
            breaker.Set(BreakerPhase.Open, TimeProvider.System);
        Assert.Empty(PlanComparison.Of(before, PlanListing.Of(plan)));
    }

    [Fact]
    public void Policies_AllTellWhatTheyWereCompiledTo()
    {
        Type[] silent =
        [
            .. typeof(GatewayPolicy).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(GatewayPolicy)) && !type.IsAbstract)
                .Where(type => type.GetProperty(nameof(GatewayPolicy.Settings), BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is null),
        ];
        Assert.True(silent.Length == 0, $"A change of these would not be seen by headgate routes --diff: {string.Join(", ", silent.Select(type => type.Name))}. Override Settings.");
    }

    private static IReadOnlyList<PlanChange> Compare(string before, string after) => PlanComparison.Of(PlanListing.Of(Plan(before)), PlanListing.Of(Plan(after)));

    private static GatewayPlan Plan(string document)
    {
        PlanResult result = TestGateway.Compile(new PlanOptions(), document);
        Assert.False(result.Documents[0].Diagnostics.HasErrors, string.Join(' ', result.Documents[0].Diagnostics.Items));
        return result.Plan;
    }
}
