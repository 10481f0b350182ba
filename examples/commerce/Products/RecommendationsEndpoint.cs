using System.Text.Json;
using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>Recommends well-rated products, of the categories that the user has bought from first.</summary>
internal sealed class RecommendationsEndpoint(ServiceRuntime runtime)
{
    private const int DefaultCount = 6;
    private const int MostCount = 20;

    private readonly HttpClientService _orders = runtime.ClientFor(ServiceNames.Order);

    public void Map(ServiceRoutes routes) => routes.Get("/products/recommendations", Access.Caller, RecommendAsync);

    private async Task<Answer> RecommendAsync(ServiceRequest request)
    {
        var userId = request.Query.Text("userId") ?? request.Caller.User;
        if (!request.Caller.MaySee(userId))
            throw ApiException.Forbidden("Only administrators may see what is recommended to other users.");
        var count = request.Query.Integer("limit", DefaultCount, 1, MostCount);
        var bought = await BoughtAsync(userId, request);
        return Answer.Ok(runtime.Database.Read(connection =>
        {
            var categories = ProductStore.Find(connection, bought).Select(row => row.CategoryId).Distinct().ToArray();
            return ProductStore.Recommend(connection, categories, bought, count).Select(row => row.ToProduct()).ToArray();
        }));
    }

    // A read path has a fallback: without the order service everybody is shown what is rated best.
    private async Task<string[]> BoughtAsync(string userId, ServiceRequest request)
    {
        try
        {
            var orders = await _orders.GetAsync<JsonElement>(
                $"/internal/orders/user/{Uri.EscapeDataString(userId)}", request.Call, request.Aborted);
            return [.. orders.EnumerateArray()
                .SelectMany(order => order.GetProperty("items").EnumerateArray())
                .Select(item => item.GetProperty("productId").GetString()!)
                .Distinct()];
        }
        catch (HttpCallException error)
        {
            ProductLog.NoPurchases(runtime.Loggers.CreateLogger<RecommendationsEndpoint>(), error);
            return [];
        }
    }
}
