using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headgate.Gateway.Policies.Consumers;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, 2012): a hash whose collisions nobody finds who does not know its key. Stateless, thread-safe.
/// </summary>
internal static class SipHash
{
    public static ulong Compute(ulong key0, ulong key1, ReadOnlySpan<byte> data)
    {
        ulong v0 = key0 ^ 0x736f6d6570736575UL;
        ulong v1 = key1 ^ 0x646f72616e646f6dUL;
        ulong v2 = key0 ^ 0x6c7967656e657261UL;
        ulong v3 = key1 ^ 0x7465646279746573UL;
        ulong last = (ulong)data.Length << 56;
        while (data.Length >= sizeof(ulong))
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(data), ref v0, ref v1, ref v2, ref v3);
            data = data[sizeof(ulong)..];
        }

        for (int i = 0; i < data.Length; i++)
            last |= (ulong)data[i] << (8 * i);
        Absorb(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    public static ulong Compute(ulong key0, ulong key1, ReadOnlySpan<char> text) => Compute(key0, key1, MemoryMarshal.AsBytes(text));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
