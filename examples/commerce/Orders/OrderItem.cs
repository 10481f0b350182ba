using System.Text.Json;
using Commerce.Shared.Models;

namespace Commerce.Orders;

internal sealed record OrderItem
{
    public required string ProductId { get; init; }

    public required string ProductName { get; init; }

    public required int Quantity { get; init; }

    public required Money UnitPrice { get; init; }

    public required Money TotalPrice { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Metadata { get; init; }
}
