using System.Text.Json.Serialization;
using Commerce.Shared.Models;

namespace Commerce.Orders;

internal sealed record Order
{
    public required string Id { get; init; }

    public required string UserId { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }

    public required Address ShippingAddress { get; init; }

    public required Address BillingAddress { get; init; }

    public required Money Subtotal { get; init; }

    public required Money Tax { get; init; }

    public required Money Shipping { get; init; }

    public required Money Total { get; init; }

    public required OrderStatus Status { get; init; }

    public string? PaymentId { get; init; }

    public string? TrackingNumber { get; init; }

    public string? Notes { get; init; }

    public required string CreatedAt { get; init; }

    public required string UpdatedAt { get; init; }

    [JsonPropertyName("_links")]
    public required OrderLinks Links { get; init; }
}
