using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Idempotency;

/// <summary>Reads <c>Idempotency-Key</c>: a String of RFC 9651 (<c>"…"</c>), as the draft of the field has it, or the same text bare, as most clients send it. Stateless.</summary>
internal static class IdempotencyKey
{
    /// <summary>The field.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The most characters of a key.</summary>
    public const int MostLength = 255;

    /// <summary>Reads a key; null when it is none: empty, too long, sent twice, or of other characters than visible ASCII and blanks between them.</summary>
    public static string? Read(StringValues field)
    {
        if (field.Count != 1 || field[0] is not { } text)
            return null;
        string? key = text.StartsWith('"') ? Unquote(text) : text;
        return key is { Length: > 0 and <= MostLength } && !key.AsSpan().ContainsAnyExceptInRange(' ', '~') && key == key.Trim() ? key : null;
    }

    // RFC 9651 §4.2.5.
    private static string? Unquote(string text)
    {
        if (text.Length < 2 || !text.EndsWith('"'))
            return null;
        var key = new System.Text.StringBuilder(text.Length);
        for (int i = 1; i < text.Length - 1; i++)
        {
            char next = text[i];
            if (next == '"')
                return null;
            if (next == '\\' && (++i == text.Length - 1 || (next = text[i]) is not ('"' or '\\')))
                return null;
            key.Append(next);
        }

        return key.ToString();
    }
}
