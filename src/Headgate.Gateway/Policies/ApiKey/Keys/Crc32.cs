namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>CRC-32 as zlib, PNG and Ethernet compute it (ISO 3309, polynomial 0x04C11DB7 reflected): every language has it at hand. Stateless, thread-safe.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(value => Shift((uint)value))];

    /// <summary>The checksum of a text of ASCII characters.</summary>
    public static uint Compute(ReadOnlySpan<char> ascii)
    {
        uint[] table = s_table;
        uint crc = uint.MaxValue;
        for (int i = 0; i < ascii.Length; i++)
            crc = table[(byte)(crc ^ ascii[i])] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Shift(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        return value;
    }
}
