namespace Headgate.OpenApi.Values;

/// <summary>A parsed JSON Pointer (RFC 6901). Immutable.</summary>
/// <param name="Text">The pointer as written; empty for the whole value.</param>
/// <param name="Tokens">The reference tokens, unescaped.</param>
public sealed record JsonPointer(string Text, IReadOnlyList<string> Tokens)
{
    /// <summary>The pointer to the whole value.</summary>
    public static JsonPointer Whole { get; } = new("", []);

    /// <summary>Reads a pointer.</summary>
    /// <returns>False when it neither is empty nor begins with <c>/</c>, or when a <c>~</c> is not followed by 0 or 1.</returns>
    public static bool TryParse(string text, out JsonPointer pointer)
    {
        ArgumentNullException.ThrowIfNull(text);
        pointer = Whole;
        if (text.Length == 0)
            return true;
        if (text[0] != '/')
            return false;
        string[] tokens = text[1..].Split('/');
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!HasWholeEscapes(tokens[i]))
                return false;

            // RFC 6901 §4: ~1 first, then ~0, so that ~01 becomes ~1 and not /.
            tokens[i] = tokens[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        pointer = new JsonPointer(text, tokens);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(JsonPointer? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The pointer as written.</summary>
    public override string ToString() => Text;

    private static bool HasWholeEscapes(string token)
    {
        for (int at = token.IndexOf('~', StringComparison.Ordinal); at >= 0; at = token.IndexOf('~', at + 1))
        {
            if (at + 1 == token.Length || token[at + 1] is not ('0' or '1'))
                return false;
        }

        return true;
    }
}
