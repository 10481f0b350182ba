using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// Half of a SHA-256 of something about a request: what tells its key from all others, or what it asks for. So that neither keys nor callers are in the store. Whoever would be taken
/// for another has to find one of 2^128; two keys of one's own that meet, one in 2^64, spoil one's own requests alone. A value.
/// </summary>
internal readonly record struct RequestHash(UInt128 Value)
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = 16;

    private static readonly byte[] s_ofNothing = SHA256.HashData([]);

    /// <summary>The hash of parts; none can be mistaken for two of them, or a part of one.</summary>
    /// <param name="texts">Texts; null is another than empty.</param>
    /// <param name="body">The last part.</param>
    public static RequestHash Of(ReadOnlySpan<string?> texts, ReadOnlySpan<byte> body)
    {
        int length = SHA256.HashSizeInBytes;
        foreach (string? text in texts)
            length += sizeof(int) + ((text?.Length ?? 0) * sizeof(char));
        byte[] parts = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> rest = parts;
        foreach (string? text in texts)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
            BinaryPrimitives.WriteInt32LittleEndian(rest, text is null ? -1 : bytes.Length);
            bytes.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + bytes.Length)..];
        }

        // Of a body, which may be large, its own hash: nothing is copied.
        if (body.IsEmpty)
            s_ofNothing.CopyTo(rest);
        else
            SHA256.HashData(body, rest);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(parts.AsSpan(0, length), hash);
        ArrayPool<byte>.Shared.Return(parts);
        return Read(hash);
    }

    /// <summary>Reads one that was kept.</summary>
    public static RequestHash Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>As it is kept.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}
