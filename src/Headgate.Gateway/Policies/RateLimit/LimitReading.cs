namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What one limit said to one request. A value in <see cref="LimitReadings"/>.</summary>
internal struct LimitReading
{
    public RateLimitPlan Plan;

    public KeyStripe Stripe;

    public ulong Key;

    /// <summary>The consumer's place in the stripe, while that is locked.</summary>
    public int Place;

    /// <summary>The consumer's arrival time: after this request when it took, else as it was found.</summary>
    public long Arrival;

    /// <summary>When that was read.</summary>
    public long Now;

    /// <summary>Whether the request has taken from it.</summary>
    public bool IsTaken;

    /// <summary>Whether one more request is admitted.</summary>
    public readonly bool IsAdmitting => Plan.Rate.Admits(Plan.Rate.After(Arrival, Now), Now);

    public readonly int Remaining => Plan.Rate.Remaining(Arrival, Now);

    public readonly TimeSpan UntilFull => LimitRate.UntilFull(Arrival, Now);

    /// <summary>How long until it would admit one more request.</summary>
    public readonly TimeSpan Wait => Plan.Rate.Wait(Arrival, Now);
}
