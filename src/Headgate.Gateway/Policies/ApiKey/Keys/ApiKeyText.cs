using System.Buffers;
using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// What an API key looks like: <c>hgk_</c>, the id, <c>_</c>, a secret of 256 bits, and a checksum over all of that, so that a slip of the pen and a key of somebody else are told
/// from a key without looking anything up, and scanners find keys that leaked. Stateless, thread-safe.
/// </summary>
internal static class ApiKeyText
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "hgk_";

    /// <summary>Lower-case letters and digits: 62 bits, so that no two keys share an id.</summary>
    public const int IdLength = 12;

    /// <summary>Letters and digits: 62^43 is more than 2^256.</summary>
    public const int SecretLength = 43;

    /// <summary>CRC-32 to the base of 62.</summary>
    public const int ChecksumLength = 6;

    /// <summary>The length of every key.</summary>
    public const int Length = 4 + IdLength + 1 + SecretLength + ChecksumLength;

    private const string IdCharacters = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> s_idCharacters = SearchValues.Create(IdCharacters);
    private static readonly SearchValues<char> s_characters = SearchValues.Create(Characters);

    /// <summary>A new id.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdCharacters, IdLength);

    /// <summary>A key with that id and a new secret.</summary>
    public static string New(string id)
    {
        string text = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Characters, SecretLength)}";
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(text, checksum);
        return string.Concat(text, checksum);
    }

    /// <summary>The id in a key.</summary>
    /// <returns>Whether the text has the form of a key and the checksum that belongs to it.</returns>
    public static bool TryReadId(ReadOnlySpan<char> text, out ReadOnlySpan<char> id)
    {
        id = default;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_')
            return false;
        ReadOnlySpan<char> named = text.Slice(Prefix.Length, IdLength);
        if (!IsId(named) || text[(Prefix.Length + IdLength + 1)..].ContainsAnyExcept(s_characters))
            return false;
        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(text[..^ChecksumLength], checksum);
        if (!text[^ChecksumLength..].SequenceEqual(checksum))
            return false;
        id = named;
        return true;
    }

    /// <summary>Whether a text could be an id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(s_idCharacters);

    private static void WriteChecksum(ReadOnlySpan<char> text, Span<char> checksum)
    {
        uint rest = Crc32.Compute(text);
        for (int i = checksum.Length - 1; i >= 0; i--)
        {
            checksum[i] = Characters[(int)(rest % (uint)Characters.Length)];
            rest /= (uint)Characters.Length;
        }
    }
}
