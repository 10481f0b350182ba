using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headgate.Bench.Commerce;

/// <summary>A user of one tenant who browses and buys, and looks closely at every answer. Thread-safe after signing in.</summary>
internal sealed class Shopper(string name, string tenant, Uri shop, TimeProvider time) : IDisposable
{
    private const int Products = 60;
    private const string BuyPath = "/checkout";

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = shop, Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentDictionary<string, bool> orders = new();
    private int turns;

    public string UserId { get; } = $"user-{name}";

    /// <summary>The orders that were confirmed to this shopper.</summary>
    public ICollection<string> Orders => orders.Keys;

    /// <summary>Signs in.</summary>
    /// <exception cref="MeasurementFailedException">The shop does not let the user in.</exception>
    public async Task SignInAsync(CancellationToken cancellation)
    {
        using var response = await client.PostAsJsonAsync("/auth/login", new { username = name, password = $"{name}-password" }, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new MeasurementFailedException($"{name} cannot sign in: {(int)response.StatusCode} {answer}");
        // Operations that are open to all know the tenant by this alone.
        client.DefaultRequestHeaders.Add("tenantId", tenant);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("accessToken").GetString());
    }

    /// <summary>Looks at the catalogue, a product, the own orders or one of them, in turn.</summary>
    public Task<Visit> BrowseAsync(CancellationToken cancellation)
    {
        var turn = Interlocked.Increment(ref turns);
        var product = $"product{(turn % Products) + 1}";
        return (turn % 4) switch
        {
            0 => AskAsync("/products?limit=10", answer => answer.GetProperty("content").GetArrayLength() == 10 ? null : "the page has not ten products", cancellation),
            1 => AskAsync($"/products/{product}", answer => answer.GetProperty("id").GetString() == product ? null : $"this is not {product}", cancellation),
            2 when Orders.FirstOrDefault() is { } order => AskAsync($"/orders/{order}", answer => answer.GetProperty("id").GetString() == order ? null : $"this is not {order}", cancellation),
            _ => AskAsync("/orders?limit=10", answer => answer.GetProperty("content").GetArrayLength() <= 10 ? null : "the page has more than ten orders", cancellation),
        };
    }

    /// <summary>Buys something.</summary>
    public async Task<Visit> BuyAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, BuyPath)
        {
            Content = JsonContent.Create(new
            {
                cart = new { items = new[] { new { productId = $"product{(Interlocked.Increment(ref turns) % Products) + 1}", quantity = 1 } } },
                shippingAddress = new { street = "1 Canal Street", city = "Lockport", postalCode = "10001", country = "US" },
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await SendAsync(request, HttpStatusCode.Created, answer =>
        {
            if (answer.GetProperty("status").GetString() != "CONFIRMED" || answer.GetProperty("total").GetProperty("amount").GetDecimal() <= 0)
                return $"this is no order that is paid: {answer}";
            return orders.TryAdd(answer.GetProperty("orderId").GetString()!, true) ? null : $"this order was somebody's before: {answer}";
        }, cancellation);
    }

    /// <summary>Tries to read an order of another tenant: whatever is not 404, or this tenant's limit, shows too much.</summary>
    public async Task<Visit> PryAsync(string order, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/{order}");
        var visit = await SendAsync(request, HttpStatusCode.NotFound, _ => null, cancellation);
        return visit.Outcome == VisitOutcome.Served ? visit with { Outcome = VisitOutcome.Hidden } : visit;
    }

    /// <summary>All own orders as the shop lists them.</summary>
    public async Task<IReadOnlyList<string>> ListOrdersAsync(CancellationToken cancellation)
    {
        var ids = new List<string>();
        for (var page = 1; ; page++)
        {
            using var response = await client.GetAsync($"/orders?limit=100&page={page}", cancellation);
            response.EnsureSuccessStatusCode();
            var content = (await response.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("content");
            if (content.GetArrayLength() == 0)
                return ids;
            ids.AddRange(content.EnumerateArray().Select(order => order.GetProperty("id").GetString()!));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Visit> AskAsync(string target, Func<JsonElement, string?> check, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        return await SendAsync(request, HttpStatusCode.OK, check, cancellation);
    }

    private async Task<Visit> SendAsync(HttpRequestMessage request, HttpStatusCode expected, Func<JsonElement, string?> check, CancellationToken cancellation)
    {
        var sent = time.GetTimestamp();
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            var took = time.GetElapsedTime(sent);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return response.Headers.RetryAfter is null ? new Visit(took, VisitOutcome.Wrong, "429 without Retry-After") : new Visit(took, VisitOutcome.Limited);
            if (response.StatusCode != expected)
                return new Visit(took, expected == HttpStatusCode.NotFound ? VisitOutcome.Foreign : VisitOutcome.Wrong, $"{request.Method} {request.RequestUri} is {(int)response.StatusCode}: {answer}");
            if (ForeignOwner(answer) is { } owner)
                return new Visit(took, VisitOutcome.Foreign, $"{request.RequestUri} shows {name} something of {owner}");
            return check(answer) is { } complaint ? new Visit(took, VisitOutcome.Wrong, $"{request.RequestUri}: {complaint}") : new Visit(took, VisitOutcome.Served);
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Visit(time.GetElapsedTime(sent), VisitOutcome.Wrong, $"{request.Method} {request.RequestUri}: {failed.Message}");
        }
    }

    // Whatever belongs to somebody says to whom.
    private string? ForeignOwner(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Object when answer.TryGetProperty("userId", out var owner) && owner.GetString() != UserId => owner.GetString(),
        JsonValueKind.Object when answer.TryGetProperty("content", out var content) => content.EnumerateArray().Select(ForeignOwner).FirstOrDefault(owner => owner is not null),
        _ => null,
    };
}
