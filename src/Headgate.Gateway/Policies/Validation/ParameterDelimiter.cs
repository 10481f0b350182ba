namespace Headgate.Gateway.Policies.Validation;

/// <summary>What stands between the parts of a parameter, by its style (OAS 3.1.1 §4.8.12.4).</summary>
internal static class ParameterDelimiter
{
    /// <summary>Where the first part ends, and how long the delimiter is; -1 where there is none.</summary>
    public static int Find(ParameterRule rule, ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        switch (rule.Style)
        {
            case ParameterStyle.Label when rule.Explode:
                return text.IndexOf('.');
            case ParameterStyle.Matrix when rule.Explode:
                return text.IndexOf(';');
            case ParameterStyle.SpaceDelimited:
                return FindEither(text, "+ ", "%20", out length);
            case ParameterStyle.PipeDelimited:
                return FindEither(text, "|", "%7C", out length);
            default:
                return text.IndexOf(',');
        }
    }

    private static int FindEither(ReadOnlySpan<char> text, ReadOnlySpan<char> plain, ReadOnlySpan<char> encoded, out int length)
    {
        int one = text.IndexOfAny(plain);
        int other = text.IndexOf(encoded, StringComparison.OrdinalIgnoreCase);
        bool isEncoded = one < 0 || (other >= 0 && other < one);
        length = isEncoded ? encoded.Length : 1;
        return isEncoded ? other : one;
    }
}
