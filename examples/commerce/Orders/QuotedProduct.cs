using Commerce.Shared.Models;

namespace Commerce.Orders;

/// <summary>What the order service reads of a product.</summary>
internal sealed record QuotedProduct(string Id, string Name, Money Price);
