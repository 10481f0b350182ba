namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>How long a stored answer is fresh, how old it was when it came, and what may be done with it afterwards. Immutable.</summary>
internal sealed record Lifetime
{
    /// <summary>When the answer's head came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How old it was then (RFC 9111 §4.2.3: the corrected initial age).</summary>
    public required TimeSpan InitialAge { get; init; }

    /// <summary>The age up to which it is fresh; zero for never (RFC 9111 §4.2.1).</summary>
    public required TimeSpan FreshFor { get; init; }

    /// <summary>Whether it is asked for anew each time, fresh or not (RFC 9111 §5.2.2.4).</summary>
    public bool AlwaysValidates { get; init; }

    /// <summary>Whether it may not be given once it is stale (RFC 9111 §4.2.4).</summary>
    public bool ForbidsStale { get; init; }

    /// <summary>How long it is given beyond that while it is renewed (RFC 5861 §3).</summary>
    public TimeSpan StaleWhileRevalidate { get; init; }

    /// <summary>How long it is given beyond that when the upstream fails (RFC 5861 §4).</summary>
    public TimeSpan StaleIfError { get; init; }

    /// <summary>RFC 9111 §4.2.3: the current age.</summary>
    public TimeSpan AgeAt(DateTimeOffset now)
    {
        TimeSpan resident = now - ReceivedAt;
        return InitialAge + (resident > TimeSpan.Zero ? resident : TimeSpan.Zero);
    }

    /// <summary>How long it stays fresh; negative is for how long it is stale.</summary>
    public TimeSpan FreshnessLeftAt(DateTimeOffset now) => FreshFor - AgeAt(now);

    /// <summary>Whether it may be given although the upstream failed.</summary>
    public bool MayStandInAt(DateTimeOffset now) => !ForbidsStale && !AlwaysValidates && StaleIfError > TimeSpan.Zero && -FreshnessLeftAt(now) <= StaleIfError;

    /// <summary>RFC 9111 §4: what to do with it for a request.</summary>
    public Reuse ReuseFor(in RequestDirectives request, DateTimeOffset now)
    {
        if (request.NoCache || AlwaysValidates)
            return Reuse.Validate;
        TimeSpan age = AgeAt(now);
        TimeSpan left = FreshFor - age;
        if (request.MaxAge is { } maxAge && age > TimeSpan.FromSeconds(maxAge))
            return Reuse.Validate;
        if (left > TimeSpan.Zero)
            return request.MinFresh is { } minFresh && left < TimeSpan.FromSeconds(minFresh) ? Reuse.Validate : Reuse.Fresh;
        if (ForbidsStale || request.MinFresh is not null)
            return Reuse.Validate;
        if (request.MaxStale is { } maxStale && -left <= TimeSpan.FromSeconds(maxStale))
            return Reuse.Stale;
        return -left < StaleWhileRevalidate ? Reuse.StaleWhileRenewed : Reuse.Validate;
    }
}
