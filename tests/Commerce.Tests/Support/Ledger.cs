using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>Reads the payment provider's books from outside: straight from the file, knowing nothing of its database.</summary>
internal static class Ledger
{
    public static IReadOnlyList<LedgerMovement> All(Shop shop)
    {
        using var reader = new StreamReader(new FileStream(shop.LedgerFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var movements = new List<LedgerMovement>();
        while (reader.ReadLine() is { } line)
        {
            var entry = JsonNode.Parse(line)!["entry"]!;
            var amount = entry["amount"]!.GetValue<long>();
            movements.Add(new LedgerMovement(
                JsonNode.Parse(line)!["seq"]!.GetValue<long>(),
                entry["chargeId"]!.GetValue<string>(),
                entry["metadata"]?["orderId"]?.GetValue<string>(),
                entry["type"]!.GetValue<string>() == "charge" ? amount : -amount));
        }

        return movements;
    }

    /// <summary>What was charged for an order and paid back of it.</summary>
    public static IReadOnlyList<LedgerMovement> Of(Shop shop, string orderId)
    {
        var all = All(shop);
        var charges = all.Where(movement => movement.OrderId == orderId).Select(movement => movement.ChargeId).ToHashSet();
        return [.. all.Where(movement => charges.Contains(movement.ChargeId))];
    }
}
