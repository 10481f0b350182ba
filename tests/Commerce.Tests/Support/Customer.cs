using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>Somebody who buys through the gateway.</summary>
internal sealed class Customer(Uri gateway, string token) : IDisposable
{
    public const string DeclinedCard = "4000000000000002";

    /// <summary>Money is set aside, and can then not be taken.</summary>
    public const string ExpiringCard = "4000000000000341";

    private readonly HttpClient _client = new() { BaseAddress = gateway, DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };

    /// <summary>Orders two products, as the reference's test does.</summary>
    public Task<Reply> OrderAsync(string? card = null, string? key = null) => SendAsync("/orders", key, new
    {
        userId = "user-alice",
        items = new[] { new { productId = "product1", quantity = 2 }, new { productId = "product2", quantity = 1 } },
        shippingAddress = Requests.Address,
        paymentMethod = card is null ? null : new { cardNumber = card },
    });

    /// <summary>Checks out a cart.</summary>
    public Task<Reply> CheckoutAsync(string? key, string? card = null, string product = "product1", int quantity = 1) => SendAsync("/checkout", key, new
    {
        cart = new { items = new[] { new { productId = product, quantity } } },
        shippingAddress = Requests.Address,
        paymentMethod = card is null ? null : new { cardNumber = card },
    });

    public async Task<Reply> GetAsync(string path) => await ReadAsync(await _client.GetAsync(path, TestContext.Current.CancellationToken));

    public void Dispose() => _client.Dispose();

    private async Task<Reply> SendAsync(string path, string? key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: WithoutNulls) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await ReadAsync(await _client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private static readonly System.Text.Json.JsonSerializerOptions WithoutNulls = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new Reply((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, response.Headers) { Content = text };
        }
    }
}
