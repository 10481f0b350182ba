using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// A cheap hash of a member's name: its length, its first and its last bytes. It only sorts names into buckets; equality is always decided on the bytes.
/// Where a sender could choose names that collide, something else is used (<see cref="DuplicateNames"/>).
/// </summary>
internal static class NameHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Last = 0xC2B2AE3D27D4EB4F;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(ReadOnlySpan<byte> name)
    {
        ref byte start = ref MemoryMarshal.GetReference(name);
        int length = name.Length;
        ulong first;
        ulong last;
        if (length >= 8)
        {
            first = Unsafe.ReadUnaligned<ulong>(ref start);
            last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        }
        else if (length >= 4)
        {
            first = Unsafe.ReadUnaligned<uint>(ref start);
            last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
        }
        else
        {
            first = length == 0 ? 0u : start;
            last = length == 0 ? 0u : Unsafe.Add(ref start, length - 1) | ((ulong)Unsafe.Add(ref start, length >> 1) << 8);
        }

        ulong mixed = ((first ^ (ulong)length) * First) ^ (last * Last);
        return (int)(mixed >> 32);
    }
}
