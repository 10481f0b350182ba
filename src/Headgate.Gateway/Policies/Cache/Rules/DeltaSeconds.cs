namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>Non-negative numbers of seconds in header fields (RFC 9111 §1.2.2).</summary>
internal static class DeltaSeconds
{
    /// <summary>What larger numbers count as: 2^31 seconds, 68 years.</summary>
    public const int Most = int.MaxValue;

    /// <summary>The number; null when it is none.</summary>
    public static int? Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return null;
        ReadOnlySpan<char> digits = text.TrimStart('0');
        const int mostDigits = 10;
        if (digits.Length > mostDigits)
            return Most;
        long number = 0;
        foreach (char digit in digits)
            number = (number * 10) + (digit - '0');
        return (int)Math.Min(number, Most);
    }
}
