using System.Buffers.Binary;
using System.Text;

namespace Headgate.TestSupport;

/// <summary>The fields of one protobuf message, as far as decoding OTLP needs it (encoding of proto3, groups left out).</summary>
public sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    public ProtobufFields(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            ulong tag = ReadVarint(ref message);
            int number = (int)(tag >> 3);
            _fields.Add((tag & 7) switch
            {
                0 => (number, ReadVarint(ref message), []),
                1 => (number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8)), []),
                2 => (number, 0UL, Take(ref message, (int)ReadVarint(ref message)).ToArray()),
                5 => (number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4)), []),
                var type => throw new InvalidDataException($"Wire type {type} is not known."),
            });
        }
    }

    public IEnumerable<ProtobufFields> Messages(int number) =>
        _fields.Where(field => field.Number == number).Select(field => new ProtobufFields(field.Bytes));

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public byte[] Bytes(int number) => _fields.Find(field => field.Number == number).Bytes ?? [];

    public ulong Number(int number) => _fields.Find(field => field.Number == number).Value;

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int count)
    {
        ReadOnlySpan<byte> taken = message[..count];
        message = message[count..];
        return taken;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(ref message, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
