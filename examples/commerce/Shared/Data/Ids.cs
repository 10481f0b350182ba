namespace Commerce.Shared.Data;

/// <summary>Identifiers that say what they name and sort by age: <c>ord_</c> and a UUIDv7 without dashes.</summary>
internal static class Ids
{
    public static string New(string prefix, TimeProvider clock) =>
        $"{prefix}_{Guid.CreateVersion7(clock.GetUtcNow()):N}";
}
