namespace Commerce.Shared.Data;

/// <summary>Identifiers that say what they name and sort by age: <c>ord_</c> and a UUIDv7 without dashes.</summary>
internal static class Ids
{
    /// <summary>What sorts after every identifier that was made before a time, and before every other.</summary>
    public static string Since(string prefix, DateTimeOffset time) => $"{prefix}_{time.ToUnixTimeMilliseconds():x12}";

    public static string New(string prefix, TimeProvider clock) =>
        $"{prefix}_{Guid.CreateVersion7(clock.GetUtcNow()):N}";
}
