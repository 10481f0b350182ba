using System.Buffers;

namespace Headgate.Integration.Operations;

/// <summary>The ids of operations. Stateless, thread-safe.</summary>
public static class OperationId
{
    /// <summary>Sorts after every id, whatever the order of letters that the store has.</summary>
    internal const string AfterAll = Prefix + "g";

    private const string Prefix = "op_";
    private const int Digits = 32;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new one: RFC 9562 §5.7, so that a later one sorts after an earlier; 74 bits of it are random.</summary>
    internal static string New(DateTimeOffset now) => $"{Prefix}{Guid.CreateVersion7(now):N}";

    /// <summary>Whether a text can be one.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) =>
        text.Length == Prefix.Length + Digits && text.StartsWith(Prefix, StringComparison.Ordinal) && !text[Prefix.Length..].ContainsAnyExcept(s_digits);
}
