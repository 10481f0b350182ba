using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>The media types in which an operation answers, for <c>Accept</c> (RFC 9110 §12.5.1). Immutable.</summary>
internal sealed class AnswerTypes(string[] types)
{
    public string List => string.Join(", ", types);

    /// <summary>Whether a client that sends these fields takes one of them. A field that says nothing takes all.</summary>
    public bool AreAcceptable(StringValues accept)
    {
        if (types.Length == 0 || accept.Count == 0)
            return true;
        foreach (string type in types)
        {
            if (IsAcceptable(accept, type))
                return true;
        }

        return SaysNothing(accept);
    }

    // RFC 9110 §12.5.1: the most specific range that matches decides, and a weight of zero is "not acceptable" (§12.4.2).
    private static bool IsAcceptable(StringValues accept, string type)
    {
        int best = -1;
        bool isTaken = false;
        foreach (string? field in accept)
        {
            ReadOnlySpan<char> rest = field;
            while (TryNext(ref rest, out ReadOnlySpan<char> range))
            {
                int match = MatchOf(MediaType.Essence(range), type);
                if (match < best || match < 0)
                    continue;
                bool takes = !IsZero(MediaType.Parameter(range, "q"));
                isTaken = match > best ? takes : isTaken | takes;
                best = match;
            }
        }

        return isTaken;
    }

    // An answer may be declared as a range too: then any of it will do.
    private static int MatchOf(ReadOnlySpan<char> range, ReadOnlySpan<char> type)
    {
        int match = MediaRange.Match(range, type);
        return match < 0 && MediaRange.Match(type, range) >= 0 ? 0 : match;
    }

    private static bool IsZero(ReadOnlySpan<char> weight) => weight.Length > 0 && weight[0] == '0' && weight.TrimStart("0.").IsEmpty;

    private static bool SaysNothing(StringValues accept)
    {
        foreach (string? field in accept)
        {
            ReadOnlySpan<char> rest = field;
            if (TryNext(ref rest, out _))
                return false;
        }

        return true;
    }

    /// <summary>The next element of a list that is not empty; a comma in quotes ends none.</summary>
    private static bool TryNext(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> element)
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
