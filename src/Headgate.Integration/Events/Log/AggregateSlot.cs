using System.Text;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// Sorts aggregates into slots, of which consumers take a part each: all events of an aggregate are in one slot. Kept with every event, so it never changes. FNV-1a of
/// 32 bits over the UTF-8 of tenant, type and id, each followed by a zero byte (http://www.isthe.com/chongo/tech/comp/fnv/).
/// </summary>
internal static class AggregateSlot
{
    /// <summary>How many there are.</summary>
    public const int Count = 1024;

    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    public static int Of(string? tenant, string aggregateType, string aggregateId)
    {
        uint hash = Add(Add(Add(Basis, tenant ?? ""), aggregateType), aggregateId);

        // Its lowest bits alone would know little of the characters before.
        return (int)((hash ^ (hash >> 16)) % Count);
    }

    private static uint Add(uint hash, string text)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            for (int i = 0; i < length; i++)
                hash = (hash ^ bytes[i]) * Prime;
        }

        return hash * Prime;
    }
}
