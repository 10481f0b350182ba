using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests;

/// <summary>The dashboard of the shop: one answer from four of its services, by the gateway.</summary>
public class DashboardTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Dashboard_IsPutTogetherFromFourServices()
    {
        await using var gateway = await StartAsync();
        var (status, dashboard) = await AskAsync(gateway);

        Assert.Equal((200, "user-alice"), (status, (string?)dashboard["user"]!["id"]));
        Assert.Equal(["user", "recentOrders", "recommendations", "notifications"], dashboard.AsObject().Select(member => member.Key));
        Assert.All(["recentOrders", "recommendations", "notifications"], (string field) => Assert.IsType<JsonArray>(dashboard[field]));
        Assert.NotEmpty(dashboard["recommendations"]!.AsArray());
        Assert.Equal("", gateway.Findings);
        Assert.Equal(4, await gateway.MetricAsync("headgate_aggregate_parts_total{", "outcome=\"answered\""));
    }

    [Fact]
    public async Task Dashboard_WithoutItsNotifications_SaysSo()
    {
        await using var gateway = await StartAsync("notification-service");
        var (status, dashboard) = await AskAsync(gateway);
        Assert.Equal((200, null, "notification-service"), (status, dashboard["notifications"], (string?)dashboard["errors"]![0]!["service"]));
        Assert.Equal("", gateway.Findings);
    }

    private async Task<(int Status, JsonNode Dashboard)> AskAsync(GatewayProcess gateway)
    {
        using var alice = new HttpClient { BaseAddress = gateway.Clients, DefaultRequestHeaders = { { "Authorization", $"Bearer {await _shop.TokenAsync("alice")}" } } };
        using var answer = await alice.GetAsync("/dashboard", TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private Task<GatewayProcess> StartAsync(string? gone = null) => GatewayProcess.StartAsync(
        "gateway.openapi.yaml",
        ["--secrets", _shop.SecretsDirectory, .. GatewayContractTests.Services.SelectMany(service => new[] { "--service", $"{service.Data}={(service.Data == gone ? "http://127.0.0.1:1" : _shop.Host.Address(service.Data))}" })]);
}
