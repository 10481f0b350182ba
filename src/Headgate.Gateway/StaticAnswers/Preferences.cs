using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Reads <c>Prefer</c> (RFC 7240 §2). Stateless; allocates nothing.</summary>
internal static class Preferences
{
    /// <summary>The value of a preference, without its quotes; empty when the client has no such preference. Of several the first counts, and parameters do not.</summary>
    public static ReadOnlySpan<char> ValueOf(StringValues prefer, ReadOnlySpan<char> name)
    {
        foreach (string? field in prefer)
        {
            ReadOnlySpan<char> rest = field;
            while (FieldList.TryNext(ref rest, out ReadOnlySpan<char> preference))
            {
                int equals = preference.IndexOf('=');
                if (equals > 0 && preference[..equals].TrimEnd(" \t").Equals(name, StringComparison.OrdinalIgnoreCase))
                    return WordOf(preference[(equals + 1)..].TrimStart(" \t"));
            }
        }

        return default;
    }

    private static ReadOnlySpan<char> WordOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('"'))
            return text[1..].IndexOf('"') is >= 0 and var close ? text.Slice(1, close) : default;
        int end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).TrimEnd(" \t");
    }
}
