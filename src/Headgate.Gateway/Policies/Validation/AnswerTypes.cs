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
        bool isAnyNamed = false;
        foreach (string? field in accept)
        {
            foreach (Range part in field.AsSpan().Split(','))
            {
                ReadOnlySpan<char> range = field.AsSpan(part).Trim(" \t");
                if (range.IsEmpty)
                    continue;
                isAnyNamed = true;
                if (TakesOne(range))
                    return true;
            }
        }

        return !isAnyNamed;
    }

    private bool TakesOne(ReadOnlySpan<char> range)
    {
        // RFC 9110 §12.4.2: a weight of zero is "not acceptable".
        ReadOnlySpan<char> weight = MediaType.Parameter(range, "q");
        if (weight.Length > 0 && weight[0] == '0' && weight.TrimStart("0.").IsEmpty)
            return false;
        foreach (string type in types)
        {
            if (MediaType.Match(MediaType.Essence(range), type) >= 0 || MediaType.Match(type, MediaType.Essence(range)) >= 0)
                return true;
        }

        return false;
    }
}
