using System.Text;

namespace Headgate.Integration.Operations;

/// <summary>How large what of an operation may be.</summary>
public static class OperationBounds
{
    /// <summary>The most bytes that a kind keeps of its own state.</summary>
    public const int MostDataBytes = 1024 * 1024;

    /// <summary>The most bytes of a result's body.</summary>
    public const int MostResultBytes = 256 * 1024;

    /// <summary>The longest message, reason, detail or line of the log, in characters; what is longer is cut.</summary>
    public const int MostTextChars = 1000;

    /// <summary>The longest name: of kinds, operations, APIs, stages, versions, in characters.</summary>
    public const int MostNameChars = 255;

    /// <summary>The most lines of the log in one change.</summary>
    public const int MostLines = 20;

    /// <summary>The most facts of one change.</summary>
    public const int MostFacts = 20;

    /// <summary>Text as every store keeps it: without NUL and halves of surrogate pairs, and not too long.</summary>
    internal static string? Clip(string? text) =>
        text is null || (text.Length <= MostTextChars && !text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) ? text
            : ClipRunes(text);

    /// <summary>Refuses what no operation may have: a bug of its kind.</summary>
    /// <exception cref="ArgumentException">It is too large.</exception>
    internal static void Check(byte[]? data, OperationResult? result, IReadOnlyList<string> lines, IReadOnlyList<KeyValuePair<string, string>> facts)
    {
        if (data?.Length > MostDataBytes)
            throw new ArgumentException($"The state of an operation has {data.Length} bytes; it may have {MostDataBytes}.", nameof(data));
        if (result?.Body.Length > MostResultBytes)
            throw new ArgumentException($"The result of an operation has {result.Body.Length} bytes; it may have {MostResultBytes}.", nameof(result));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines.Count, MostLines, nameof(lines));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(facts.Count, MostFacts, nameof(facts));
    }

    private static string ClipRunes(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, MostTextChars));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MostTextChars)
                break;
            if (rune.Value != 0)
                kept.Append(rune);
        }

        return kept.ToString();
    }
}
