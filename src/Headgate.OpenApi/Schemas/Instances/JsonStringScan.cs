using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Finds the end of strings, sixteen bytes at a look where there are as many.</summary>
internal static class JsonStringScan
{
    /// <summary>The offset of the first quote, backslash or control character from <paramref name="at"/>; the length of the text when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FindSpecial(ReadOnlySpan<byte> json, int at)
    {
        ref byte start = ref MemoryMarshal.GetReference(json);
        if (Vector128.IsHardwareAccelerated)
        {
            for (; at <= json.Length - 16; at += 16)
            {
                Vector128<byte> block = Vector128.LoadUnsafe(ref start, (nuint)at);
                Vector128<byte> special = Vector128.Equals(block, Vector128.Create((byte)'"'))
                    | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                    | Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)0x1F)), block);
                uint found = special.ExtractMostSignificantBits();
                if (found != 0)
                    return at + BitOperations.TrailingZeroCount(found);
            }
        }

        while (at < json.Length && Unsafe.Add(ref start, at) is not ((byte)'"' or (byte)'\\' or < 0x20))
            at++;
        return at;
    }
}
