namespace Headgate.Gateway.Routing;

/// <summary>
/// A segment such as <c>report-{year}.{format}</c>: literals with a parameter between each two. A parameter takes at least one
/// character and ends at the first occurrence of the literal that follows it. Immutable.
/// </summary>
/// <param name="literals">The literals: before the first parameter, between, and after the last; the outer ones may be empty.</param>
/// <param name="next">What follows the segment.</param>
internal sealed class MixedSegment(string[] literals, RouteNode next)
{
    public RouteNode Next { get; } = next;

    /// <summary>How specific it is: more literal text wins.</summary>
    public int LiteralLength { get; } = literals.Sum(literal => literal.Length);

    public bool Match(string path, int start, int end, PathValues values)
    {
        string last = literals[^1];
        ReadOnlySpan<char> segment = path.AsSpan(start, end - start);
        if (!segment.StartsWith(literals[0]) || !segment.EndsWith(last) || segment.Length < literals[0].Length + last.Length)
            return false;

        int position = start + literals[0].Length;
        int bound = end - last.Length;
        for (int i = 1; i < literals.Length; i++)
        {
            int stop = i == literals.Length - 1 ? bound : Find(path, literals[i], position, bound);
            // RFC 3986 §5.2.4: a value of dots is none, since it would be a dot segment where it is put into another path.
            if (stop <= position || path.AsSpan(position, stop - position) is "." or "..")
                return false;
            values.Push(position, stop - position);
            position = stop + literals[i].Length;
        }

        return true;
    }

    // The literal after a parameter is looked for behind the parameter's first character, so that no value is empty.
    private static int Find(string path, string literal, int position, int bound)
    {
        if (position + 1 > bound)
            return -1;
        int at = path.AsSpan(position + 1, bound - position - 1).IndexOf(literal);
        return at < 0 ? -1 : position + 1 + at;
    }
}
