using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>The product service, as the order service sees it.</summary>
internal sealed class ProductCatalogue(ServiceRuntime runtime)
{
    private readonly HttpClientService _products = runtime.ClientFor(ServiceNames.Product);

    /// <summary>Names and prices of the items' products; 422 when one of them cannot be ordered.</summary>
    public async Task<IReadOnlyDictionary<string, QuotedProduct>> QuoteAsync(
        IReadOnlyList<OrderItemRequest> items, CallContext call, CancellationToken cancellationToken)
    {
        string[] productIds = [.. items.Select(item => item.ProductId).Distinct()];
        try
        {
            var quote = await _products.PostAsync<ProductQuote>("/products/validate", new { productIds }, call, null, cancellationToken);
            return quote.Products.ToDictionary(product => product.Id);
        }
        catch (HttpCallException error) when (error.Status == StatusCodes.Status422UnprocessableEntity)
        {
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "INVALID_ORDER_ITEMS",
                "Some items cannot be ordered.", error.ErrorDetails, error);
        }
        catch (HttpCallException error)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, "SERVICE_UNAVAILABLE",
                "The product service does not answer.", cause: error) { RetryAfterSeconds = 1 };
        }
    }
}
