using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>What a customer does in the shop, through its gateway: looks round, fails at some of it, buys.</summary>
internal static class Purchase
{
    /// <summary>How many of the requests a service answers.</summary>
    public const int Answers = 13;

    /// <returns>The status of the order at last.</returns>
    public static async Task<string> BuyAsync(HttpClient anonymous, HttpClient alice)
    {
        await ExpectAsync(200, anonymous.PostAsJsonAsync("/auth/login", new { username = "alice", password = "alice-password" }, Stop));
        await ExpectAsync(401, anonymous.PostAsJsonAsync("/auth/login", new { username = "alice", password = "wrong" }, Stop));
        await ExpectAsync(200, anonymous.GetAsync("/categories", Stop));
        await ExpectAsync(200, anonymous.GetAsync("/products?limit=3&sort=-price", Stop));
        await ExpectAsync(200, anonymous.GetAsync("/products/product1", Stop));
        await ExpectAsync(404, anonymous.GetAsync("/products/none", Stop));
        await ExpectAsync(404, alice.GetAsync("/orders/none", Stop));
        await ExpectAsync(402, alice.PostAsJsonAsync("/orders", Order(Customer.DeclinedCard), Stop));
        var order = await ExpectAsync(201, alice.PostAsJsonAsync("/orders", Order("4242424242424242"), Stop));
        var path = $"/orders/{order["id"]}";
        await ExpectAsync(409, alice.PostAsJsonAsync($"{path}/pay", new { paymentMethod = new { cardNumber = "4242424242424242" } }, Stop));
        await ExpectAsync(200, alice.GetAsync("/orders?status=CONFIRMED", Stop));
        var dashboard = await ExpectAsync(200, alice.GetAsync("/dashboard", Stop));
        Assert.Equal((string?)order["id"], (string?)dashboard["recentOrders"]![0]!["id"]);
        return (string)(await ExpectAsync(200, alice.GetAsync(path, Stop)))["status"]!;
    }

    private static object Order(string cardNumber) => new
    {
        userId = "user-alice",
        items = new[] { new { productId = "product1", quantity = 1 }, new { productId = "product2", quantity = 2 } },
        shippingAddress = Requests.Address,
        paymentMethod = new { cardNumber },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<JsonNode> ExpectAsync(int status, Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)answer.StatusCode == status, $"expected {status}, got {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
