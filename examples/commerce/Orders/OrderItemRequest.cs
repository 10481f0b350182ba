using System.Text.Json;

namespace Commerce.Orders;

internal sealed record OrderItemRequest
{
    public required string ProductId { get; init; }

    public required int Quantity { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
}
