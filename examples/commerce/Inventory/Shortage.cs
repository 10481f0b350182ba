namespace Commerce.Inventory;

internal sealed record Shortage(string ProductId, int Wanted, long Available);
