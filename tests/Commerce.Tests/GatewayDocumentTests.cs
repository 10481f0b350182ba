using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests;

/// <summary>The gateway's document against the reference that it is taken from, and against the services behind it.</summary>
public class GatewayDocumentTests(ShopFixture fixture)
{
    private static readonly ApiDocument Gateway = ApiDocument.Load("gateway.openapi.yaml");

    private readonly Shop _shop = fixture.Shop;

    public static TheoryData<string> Operations => [.. Gateway.Operations.Select(operation => operation.Id)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Backend_OfEachOperation_IsInTheServicesDocument(string operationId)
    {
        var operation = Gateway.Operations.Single(candidate => candidate.Id == operationId);
        var targets = Targets(operation).ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(
            ApiDocument.Of(target.Service).Find(target.Method, target.Path.Split('?')[0]) is not null,
            $"{operationId}: {target.Service} documents no {target.Method} {target.Path}"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Parameters_OfEachForwardedOperation_AreKnownToTheService(string operationId)
    {
        var operation = Gateway.Operations.Single(candidate => candidate.Id == operationId);
        if (operation.Definition["x-gateway-backend"] is not { } backend || operation.Definition["x-gateway-saga"] is not null)
            return;
        var document = ApiDocument.Of(backend["service"]!.GetValue<string>());
        var behind = document.Find(operation.Method, backend["path"]!.GetValue<string>())!;

        Assert.Subset(Names(document, behind), Names(Gateway, operation));
    }

    [Fact]
    public void Services_InTheConfiguration_AreTheSixAtTheirDefaultPorts()
    {
        var defaults = Shared.Hosting.ServiceCatalogue.All.ToDictionary(service => service.Name, service => 9000 + service.PortOffset);
        var services = Gateway.Root["x-gateway-config"]!["services"]!.AsObject();

        Assert.Equal(6, services.Count);
        Assert.All(services, service => Assert.Equal($"http://127.0.0.1:{defaults[service.Key]}", service.Value!["url"]!.GetValue<string>()));
    }

    [Fact]
    public void Extensions_ThatTheReferencePrints_StandAsPrinted()
    {
        AssertJson("""{"default":1000,"authenticated":5000,"window":"1h"}""", Gateway.Root["x-gateway-config"]!["rateLimit"]);
        AssertJson("""{"default":30,"long-running":120}""", Gateway.Root["x-gateway-config"]!["timeout"]);
        AssertJson("""{"attempts":3,"backoff":"exponential"}""", Gateway.Root["x-gateway-config"]!["retry"]);
        AssertJson("""{"service":"user-service","path":"/auth/login","timeout":10}""", Extension("login", "x-gateway-backend"));
        AssertJson(
            """
            [{"service":"user-service","path":"/users/{userId}","field":"user"},
             {"service":"order-service","path":"/orders?userId={userId}&limit=5","field":"recentOrders"},
             {"service":"product-service","path":"/products/recommendations?userId={userId}","field":"recommendations"}]
            """, PrintedOf(Extension("getDashboard", "x-gateway-aggregate")!));
        AssertJson(
            """
            {"steps":[{"name":"validate-products","service":"product-service","path":"/products/validate","compensate":null},
              {"name":"reserve-inventory","service":"inventory-service","path":"/inventory/reserve","compensate":"/inventory/release"},
              {"name":"create-order","service":"order-service","path":"/orders","compensate":"/orders/{orderId}/cancel"},
              {"name":"process-payment","service":"payment-service","path":"/payments","compensate":"/payments/{paymentId}/refund"}],
             "timeout":60}
            """, PrintedSagaOf(Extension("createOrderSaga", "x-gateway-saga")!));
    }

    [Fact]
    public void Servers_BasePaths_AreTheRootAndTheVersion() => Assert.Equal(
        ["/", "/v1"],
        Gateway.Root["servers"]!.AsArray().Select(server => new Uri(server!["url"]!.GetValue<string>()).AbsolutePath).Distinct());

    [Fact]
    public async Task SecurityScheme_IssuerAudienceAndAlgorithm_AreThoseOfTheTokens()
    {
        var scheme = Gateway.Root["components"]!["securitySchemes"]!["bearerAuth"]!["x-gateway-jwt"]!;
        var keys = await _shop.Anonymous("user-service").GetAsync("/.well-known/jwks.json");

        Assert.Equal(new Shared.Hosting.CommerceOptions().Issuer, scheme["issuer"]!.GetValue<string>());
        Assert.Equal("""["api://orders"]""", scheme["audiences"]!.ToJsonString());
        Assert.Equal(keys.Body!["keys"]![0]!["alg"]!.GetValue<string>(), scheme["algorithms"]![0]!.GetValue<string>());
        Assert.Equal("user-service", scheme["jwks"]!["service"]!.GetValue<string>());
        Assert.Equal("/.well-known/jwks.json", scheme["jwks"]!["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task OrderRequest_AsTheSagaWillSendIt_IsTakenByEachStepThatReadsIt()
    {
        var order = Requests.Order("user-alice", ("product15", 1), ("product16", 2));

        (await (await _shop.AsAsync("alice", "product-service")).PostAsync("/products/validate", order)).Expect(200);
        (await (await _shop.AsAsync("alice", "inventory-service")).PostAsync("/inventory/reserve", order)).Expect(201);
        (await (await _shop.AsAsync("alice", "order-service")).PostAsync("/orders", order)).Expect(201);
        (await (await _shop.AsAsync("alice", "inventory-service")).PostAsync("/inventory/release", order)).Expect(200);
    }

    // What the reference prints of each of its parts; the document says more, and has a fourth.
    private static JsonArray PrintedOf(JsonNode parts) =>
        [.. parts.AsArray().Take(3).Select(part => new JsonObject(new[] { "service", "path", "field" }.Select(name => KeyValuePair.Create(name, part![name]?.DeepClone()))))];

    // The document says what each step is given, what comes after the payment, and what the answer is.
    private static JsonObject PrintedSagaOf(JsonNode saga) => new()
    {
        ["steps"] = new JsonArray([.. saga["steps"]!.AsArray().Take(4).Select(step => new JsonObject(
            new[] { "name", "service", "path", "compensate" }.Select(name => KeyValuePair.Create(name, step![name]?.DeepClone()))))]),
        ["timeout"] = saga["timeout"]!.DeepClone(),
    };

    // Where an operation leads: straight on, to the parts of an aggregate, to a saga's steps and their compensations.
    private static IEnumerable<(string Service, string Method, string Path)> Targets(DocumentedOperation operation)
    {
        var definition = operation.Definition;
        if (definition["x-gateway-backend"] is { } backend && backend["service"] is not null)
            yield return (Text(backend, "service"), operation.Method, Text(backend, "path"));
        foreach (var part in definition["x-gateway-aggregate"]?.AsArray() ?? [])
            yield return (Text(part!, "service"), "GET", Text(part!, "path"));
        foreach (var step in definition["x-gateway-saga"]?["steps"]?.AsArray() ?? [])
        {
            yield return (Text(step!, "service"), "POST", Text(step!, "path"));
            if (step!["compensate"] is { } compensate)
                yield return (Text(step, "service"), "POST", compensate is JsonObject ? Text(compensate, "path") : compensate.GetValue<string>());
        }
    }

    private static HashSet<string> Names(ApiDocument document, DocumentedOperation operation) =>
        [.. (operation.Definition["parameters"]?.AsArray() ?? []).Select(parameter => document.Resolve(parameter!)["name"]!.GetValue<string>())];

    private static JsonNode? Extension(string operationId, string name) =>
        Gateway.Operations.Single(operation => operation.Id == operationId).Definition[name];

    private static string Text(JsonNode node, string property) => node[property]!.GetValue<string>();

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual!.ToJsonString())), actual.ToJsonString());
}
