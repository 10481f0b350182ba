using System.Numerics;
using System.Runtime.InteropServices;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Compares texts in a time that depends on their length alone, many characters at once.</summary>
internal static class FixedTime
{
    public static bool AreEqual(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length != right.Length)
            return false;
        ReadOnlySpan<ushort> a = MemoryMarshal.Cast<char, ushort>(left);
        ReadOnlySpan<ushort> b = MemoryMarshal.Cast<char, ushort>(right);
        Vector<ushort> differences = Vector<ushort>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            differences |= new Vector<ushort>(a[i..]) ^ new Vector<ushort>(b[i..]);
        int rest = 0;
        for (; i < a.Length; i++)
            rest |= a[i] ^ b[i];
        return (differences == Vector<ushort>.Zero) & (rest == 0);
    }
}
