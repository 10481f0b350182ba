using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Headgate.Integration.Idempotency;

/// <summary>A SHA-256 of something about a request: what tells its key from all others, or what it asks for. So that neither keys nor callers are in the store. A value.</summary>
internal readonly record struct RequestHash(UInt128 High, UInt128 Low)
{
    /// <summary>Its length in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    // A pipeline runs on many threads, and one hash is over before the next begins on any.
    [ThreadStatic]
    private static IncrementalHash? s_hash;

    /// <summary>The hash of parts; none can be mistaken for two of them, or a part of one.</summary>
    /// <param name="texts">Texts; null is another than empty.</param>
    /// <param name="body">The last part.</param>
    public static RequestHash Of(ReadOnlySpan<string?> texts, ReadOnlySpan<byte> body)
    {
        IncrementalHash hash = s_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string? text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : text.Length);
            hash.AppendData(length);
            hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        hash.AppendData(body);
        Span<byte> bytes = stackalloc byte[Length];
        hash.GetHashAndReset(bytes);
        return Read(bytes);
    }

    /// <summary>Reads one that was kept.</summary>
    public static RequestHash Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>As it is kept.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }
}
