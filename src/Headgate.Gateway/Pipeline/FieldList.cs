namespace Headgate.Gateway.Pipeline;

/// <summary>Walks lists in header fields (RFC 9110 §5.6.1). Stateless; allocates nothing.</summary>
internal static class FieldList
{
    /// <summary>The next element that is not empty, without the blanks around it; a comma in quotes ends none.</summary>
    /// <param name="rest">What is left of the field; moves on.</param>
    /// <param name="element">The element.</param>
    /// <returns>False at the end of the field.</returns>
    public static bool TryNext(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> element)
    {
        element = default;
        while (element.IsEmpty && !rest.IsEmpty)
        {
            int end = 0;
            for (bool isQuoted = false; end < rest.Length && (isQuoted || rest[end] != ','); end++)
                isQuoted ^= rest[end] == '"';
            element = rest[..end].Trim(" \t");
            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return !element.IsEmpty;
    }
}
