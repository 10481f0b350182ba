using System.Text;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Gives the same string for the same bytes. Keys and short values repeat by the ten thousand in a document; making each
/// once halves what a load allocates.
/// </summary>
internal sealed class JsonStringCache
{
    private const int Slots = 4096;
    private const int LongestKept = 48;

    private readonly (int Offset, int Length, string? Text)[] _slots = new (int, int, string?)[Slots];

    /// <summary>The string of <paramref name="length"/> bytes at <paramref name="offset"/> of <paramref name="document"/>, which is the same text in each call.</summary>
    public string Get(ReadOnlySpan<byte> document, int offset, int length)
    {
        ReadOnlySpan<byte> bytes = document.Slice(offset, length);
        if (length is 0 or > LongestKept)
            return length == 0 ? "" : Encoding.UTF8.GetString(bytes);

        ref (int Offset, int Length, string? Text) slot = ref _slots[Hash(bytes) % Slots];
        if (slot.Text is not null && document.Slice(slot.Offset, slot.Length).SequenceEqual(bytes))
            return slot.Text;
        string text = Encoding.UTF8.GetString(bytes);
        slot = (offset, length, text);
        return text;
    }

    // FNV-1a. A collision costs one more string, so a hostile document gains nothing by making them.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }
}
