using Commerce.Tests.Support;

namespace Commerce.Tests;

/// <summary>The services behind a gateway that holds every answer to the document: it finds nothing.</summary>
public class GatewayContractTests(ShopFixture fixture)
{
    // The contract is of answers: what the scenarios ask wrongly on purpose, and with the identity of a service, is to reach the service.
    private const string Overlay = """
        overlay: 1.0.0
        info: { title: Contract, version: "1" }
        actions:
          - { target: $, update: { x-gateway-config: { validation: false, tenancy: { acceptHeader: [X-Tenant-ID] } } } }
        """;

    private readonly Shop _shop = fixture.Shop;

    public static TheoryData<string> Services => [.. Shared.Hosting.ServiceCatalogue.All.Select(service => service.Name).Where(name => name.EndsWith("-service", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Answers_OfEachOperation_AreAsTheServicesDocumentSays(string service)
    {
        await using var shop = await Shop.StartAsync();
        var overlay = Path.Combine(shop.Options.DataDirectory, "contract.overlay.yaml");
        await File.WriteAllTextAsync(overlay, Overlay, TestContext.Current.CancellationToken);
        await shop.TokenAsync("acme-admin");
        await using var gateway = await GatewayProcess.StartAsync(
            ApiDocument.Files[service], "--overlay", overlay, "--upstream", shop.Host.Address(service).ToString(), "--security", "passthrough");
        shop.Fronts[service] = gateway.Clients;

        var seen = await ContractScenarios.RunAsync(shop, service);

        Assert.True(seen.Count >= 3, $"{service} was asked too little.");
        Assert.Equal("", gateway.Findings);
        Assert.Equal(0, await gateway.MetricAsync("headgate_response_violations_total{"));
        Assert.InRange(await gateway.MetricAsync("headgate_response_checks_total{", "\"valid\""), seen.Count, double.MaxValue);
    }

    [Fact]
    public async Task Purchase_ThroughTheGateway_BreaksItsDocumentNowhere()
    {
        await using var gateway = await GatewayProcess.StartAsync("gateway.openapi.yaml", ["--secrets", _shop.SecretsDirectory, .. Gateway().SelectMany(service => new[] { "--service", service })]);
        using var anonymous = new HttpClient { BaseAddress = gateway.Clients };
        using var alice = new HttpClient { BaseAddress = gateway.Clients, DefaultRequestHeaders = { { "Authorization", $"Bearer {await _shop.TokenAsync("alice")}" } } };

        var order = await Purchase.BuyAsync(anonymous, alice);

        Assert.Equal("CONFIRMED", order);
        Assert.Equal("", gateway.Findings);
        Assert.Equal(0, await gateway.MetricAsync("headgate_response_violations_total{"));
        Assert.Equal(Purchase.Answers, await gateway.MetricAsync("headgate_response_checks_total{", "\"valid\""));
    }

    private IEnumerable<string> Gateway() => Services.Select(service => $"{service.Data}={_shop.Host.Address(service.Data)}");
}
