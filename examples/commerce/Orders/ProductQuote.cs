namespace Commerce.Orders;

/// <summary>The product service's answer to a validation.</summary>
internal sealed record ProductQuote(bool Valid, IReadOnlyList<QuotedProduct> Products);
