using System.Buffers.Binary;
using System.Text;

namespace Headgate.Integration.Sagas.State;

/// <summary>Reads what <see cref="DataWriter"/> wrote, in the same order. Not thread-safe.</summary>
/// <param name="bytes">What was written; it must not be changed.</param>
internal sealed class DataReader(byte[] bytes)
{
    private int _at;

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);

    public ReadOnlyMemory<byte> ReadBytes() => Take(ReadInt32());

    /// <summary>Reads a text; null where there is none.</summary>
    public string? ReadText() => ReadInt32() is >= 0 and var length ? Encoding.UTF8.GetString(Take(length).Span) : null;

    public KeyValuePair<string, string>[] ReadPairs()
    {
        var pairs = new KeyValuePair<string, string>[ReadInt32()];
        for (int i = 0; i < pairs.Length; i++)
            pairs[i] = new(ReadText()!, ReadText()!);
        return pairs;
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        ReadOnlyMemory<byte> taken = bytes.AsMemory(_at, count);
        _at += count;
        return taken;
    }
}
