using System.Globalization;
using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>The media types in which an operation answers, for <c>Accept</c> (RFC 9110 §12.5.1). Immutable.</summary>
internal sealed class AnswerTypes(string[] types)
{
    public string List => string.Join(", ", types);

    /// <summary>Whether a client that sends these fields takes one of them. A field that says nothing takes all.</summary>
    public bool AreAcceptable(StringValues accept)
    {
        if (types.Length == 0)
            return true;
        foreach (string type in types)
        {
            if (WeightOf(type, accept) > 0)
                return true;
        }

        return false;
    }

    /// <summary>How much a client that sends these fields wants a media type: 0 for not at all, 1 where they say nothing. Allocates nothing.</summary>
    /// <param name="type">The type, without parameters.</param>
    /// <param name="accept">The values of <c>Accept</c>.</param>
    // RFC 9110 §12.5.1: the most specific range that matches decides, and a weight of zero is "not acceptable" (§12.4.2).
    public static double WeightOf(ReadOnlySpan<char> type, StringValues accept)
    {
        int best = -1;
        double weight = 0;
        bool saysNothing = true;
        foreach (string? field in accept)
        {
            ReadOnlySpan<char> rest = field;
            while (FieldList.TryNext(ref rest, out ReadOnlySpan<char> range))
            {
                saysNothing = false;
                int match = MatchOf(MediaType.Essence(range), type);
                if (match < best || match < 0)
                    continue;
                double own = Weight(MediaType.Parameter(range, "q"));
                weight = match > best ? own : Math.Max(weight, own);
                best = match;
            }
        }

        return saysNothing ? 1 : weight;
    }

    // An answer may be declared as a range too: then any of it will do.
    private static int MatchOf(ReadOnlySpan<char> range, ReadOnlySpan<char> type)
    {
        int match = MediaRange.Match(range, type);
        return match < 0 && MediaRange.Match(type, range) >= 0 ? 0 : match;
    }

    // What is no weight is none that was meant.
    private static double Weight(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight) ? Math.Min(weight, 1) : 1;
}
