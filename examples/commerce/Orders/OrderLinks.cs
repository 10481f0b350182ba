namespace Commerce.Orders;

/// <summary>Where the order is found, and what may be done with it now.</summary>
internal sealed record OrderLinks(string Self, string? Cancel = null, string? Pay = null);
