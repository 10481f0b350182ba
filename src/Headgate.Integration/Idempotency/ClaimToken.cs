namespace Headgate.Integration.Idempotency;

/// <summary>What tells a claim from all others, also from those that had its key before or will have it: the time at which it is over in milliseconds, and chance. A value.</summary>
internal readonly record struct ClaimToken(long Value)
{
    // Milliseconds since 1970 fit into the other 42 bits until 2109.
    private const int RandomBits = 21;

    /// <summary>When all that is kept of the claim is over.</summary>
    public DateTimeOffset ForgottenAt => DateTimeOffset.FromUnixTimeMilliseconds(Value >> RandomBits);

    /// <summary>A new one.</summary>
    public static ClaimToken New(DateTimeOffset forgottenAt) => new((forgottenAt.ToUnixTimeMilliseconds() << RandomBits) | (long)Random.Shared.Next(1 << RandomBits));

    /// <summary>The first of those that are over after a point in time: all before it are over by then.</summary>
    public static long FirstAfter(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() + 1) << RandomBits;
}
