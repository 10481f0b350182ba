namespace Commerce.Inventory;

/// <summary>How many of a product there are, how many of them are promised, and how many can still be had.</summary>
internal sealed record Stock(string ProductId, long OnHand, long Reserved, long Available, string UpdatedAt);
