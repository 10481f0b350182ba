using Commerce.Tests.Support;

namespace Commerce.Tests;

public class ServiceContractTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    public static TheoryData<string> Services => [.. ApiDocument.Files.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void Document_OperationsAndRoutes_AreTheSame(string service)
    {
        var served = _shop.Host.Services.Single(candidate => candidate.Name == service).Operations;
        var documented = ApiDocument.Of(service).Operations.Select(operation => $"{operation.Method} {operation.Path}");

        Assert.Equal(documented.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Document_EveryOperation_IsCalledAndSucceedsAsDocumented(string service)
    {
        // The client itself fails on an answer that the document does not promise.
        var seen = await ContractScenarios.RunAsync(_shop, service);

        var missing = ApiDocument.Of(service).Operations
            .Select(operation => operation.Id)
            .Where(id => !seen.Any(call => call.StartsWith($"{id} 2", StringComparison.Ordinal) || call == $"{id} 303"));
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Document_References_AllLeadSomewhereAndOperationIdsAreUnique(string service)
    {
        var document = ApiDocument.Of(service);

        Assert.NotEmpty(DocumentWalk.References(document.Root));
        Assert.All(DocumentWalk.References(document.Root), reference => document.Resolve(reference));
        Assert.Equal(document.Operations.Count, document.Operations.Select(operation => operation.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Health_EachService_IsUpAndNamesItself(string service)
    {
        var health = (await _shop.Anonymous(service).GetAsync("/health")).Expect(200);

        Assert.Equal(("UP", service), (health.Text("status"), health.Text("service")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Errors_EachService_SpeaksTheServiceDialect(string service)
    {
        var api = _shop.Anonymous(service);

        var unknown = (await api.GetAsync("/no/such/path")).Expect(404);
        var wrong = (await api.SendAsync(HttpMethod.Put, "/health", null)).Expect(405);

        Assert.Equal(("NOT_FOUND", service), (unknown.ErrorCode, unknown.Text("service")));
        Assert.Equal(32, unknown.Text("traceId").Length);
        Assert.True(DateTimeOffset.TryParse(unknown.Text("timestamp"), out _));
        Assert.Equal("METHOD_NOT_ALLOWED", wrong.ErrorCode);
    }

    [Fact]
    public async Task Head_OfWhatIsServed_IsTheAnswerWithoutItsContent()
    {
        using var client = new HttpClient { BaseAddress = _shop.Host.Address("product-service") };
        using var request = new HttpRequestMessage(HttpMethod.Head, "/products/product1");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((200, "\"v1\"", 0), ((int)response.StatusCode, response.Headers.ETag!.Tag, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
    }

    [Fact]
    public void Documents_SchemasOfOneName_AreEqualEverywhere()
    {
        // The providers are other companies: their words are their own.
        var documents = ApiDocument.Files.Where(file => !file.Value.StartsWith("Simulators", StringComparison.Ordinal))
            .Select(file => (Name: file.Key, Document: ApiDocument.Of(file.Key)))
            .Append((Name: "gateway", Document: ApiDocument.Load("gateway.openapi.yaml")));
        var byName = documents.SelectMany(entry => entry.Document.Schemas.Select(schema => (entry.Name, Schema: schema.Key, Text: schema.Value!.ToJsonString())))
            .GroupBy(entry => entry.Schema);

        Assert.All(byName, schema => Assert.True(schema.Select(entry => entry.Text).Distinct().Count() == 1,
            $"{schema.Key} differs between {string.Join(", ", schema.Select(entry => entry.Name))}"));
    }
}
