using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Headgate.Integration.Sagas.State;

/// <summary>Writes the parts of a saga's state, one after the other. Not thread-safe.</summary>
internal sealed class DataWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    public void Write(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), value);
        _bytes.Advance(sizeof(ulong));
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        Write(value.Length);
        _bytes.Write(value);
    }

    /// <summary>Writes a text, or that there is none.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            Write(-1);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Write(length);
        _bytes.Advance(Encoding.UTF8.GetBytes(value, _bytes.GetSpan(length)));
    }

    public void Write(IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        Write(pairs.Count);
        foreach ((string name, string value) in pairs)
        {
            Write(name);
            Write(value);
        }
    }
}
