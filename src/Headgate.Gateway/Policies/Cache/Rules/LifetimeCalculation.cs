using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>Works out the <see cref="Lifetime"/> of an answer (RFC 9111 §4.2). Pure.</summary>
internal static class LifetimeCalculation
{
    // RFC 9111 §4.2.2: a tenth of the time since the last change is the customary guess; not more than a day of it.
    private const double HeuristicShare = 0.1;
    private static readonly TimeSpan s_longestHeuristic = TimeSpan.FromDays(1);

    /// <summary>The lifetime of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="settings">What the document says for where the upstream says nothing.</param>
    public static Lifetime Of(in ReceivedAnswer answer, CacheSettings settings)
    {
        ResponseDirectives said = answer.Directives;
        bool allowsStale = said.StaleWhileRevalidate is not null || said.StaleIfError is not null;

        // RFC 9111 §5.2.2.10: s-maxage forbids stale answers, as proxy-revalidate does; unless the same field allows them (RFC 5861).
        bool forbids = said.MustRevalidate || said.ProxyRevalidate || said.NoCache || (said.SharedMaxAge is not null && !allowsStale);
        return new Lifetime
        {
            ReceivedAt = answer.ReceivedAt,
            InitialAge = InitialAge(answer),
            FreshFor = FreshFor(answer, settings),
            AlwaysValidates = said.NoCache,
            ForbidsStale = forbids,
            StaleWhileRevalidate = Seconds(said.StaleWhileRevalidate) ?? settings.StaleWhileRevalidate,
            StaleIfError = Seconds(said.StaleIfError) ?? settings.StaleIfError,
        };
    }

    /// <summary>Whether the upstream says how long the answer is fresh.</summary>
    public static bool IsExplicit(in ReceivedAnswer answer) =>
        answer.Directives.MaxAge is not null || answer.Directives.SharedMaxAge is not null || (!answer.IsTargeted && answer.Headers.Expires.Count > 0);

    // RFC 9111 §4.2.3, without a share for what is not known: an Age that is not one number makes the answer as old as can be.
    private static TimeSpan InitialAge(in ReceivedAnswer answer)
    {
        TimeSpan apparent = HttpDates.Parse(answer.Headers.Date, answer.ReceivedAt) is { } date ? answer.ReceivedAt - date : TimeSpan.Zero;
        TimeSpan corrected = answer.ReceivedAt - answer.RequestedAt + TimeSpan.FromSeconds(AgeValue(answer.Headers.Age));
        TimeSpan age = apparent > corrected ? apparent : corrected;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private static int AgeValue(StringValues age) => age.Count switch
    {
        0 => 0,
        1 => DeltaSeconds.Parse(age[0].AsSpan().Trim(" \t")) ?? DeltaSeconds.Most,
        _ => DeltaSeconds.Most,
    };

    private static TimeSpan FreshFor(in ReceivedAnswer answer, CacheSettings settings)
    {
        ResponseDirectives said = answer.Directives;
        if ((said.SharedMaxAge ?? said.MaxAge) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        if (said.NoCache)
            return TimeSpan.Zero;
        if (!answer.IsTargeted && answer.Headers.Expires is { Count: > 0 } expires)
            return UntilExpiry(answer, expires[0]);
        if (settings.Ttl is { } ttl && Statuses.TakesDeclaredTtl(answer.Status))
            return ttl;
        return Statuses.IsHeuristicallyCacheable(answer.Status) || said.IsPublic ? Heuristic(answer) : TimeSpan.Zero;
    }

    // RFC 9111 §5.3: an Expires that is no date, 0 above all, is in the past.
    private static TimeSpan UntilExpiry(in ReceivedAnswer answer, string? expires)
    {
        if (HttpDates.Parse(expires, answer.ReceivedAt) is not { } end)
            return TimeSpan.Zero;
        TimeSpan left = end - (HttpDates.Parse(answer.Headers.Date, answer.ReceivedAt) ?? answer.ReceivedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan Heuristic(in ReceivedAnswer answer)
    {
        if (HttpDates.Parse(answer.Headers.LastModified, answer.ReceivedAt) is not { } changed)
            return TimeSpan.Zero;
        TimeSpan guess = ((HttpDates.Parse(answer.Headers.Date, answer.ReceivedAt) ?? answer.ReceivedAt) - changed) * HeuristicShare;
        if (guess < TimeSpan.Zero)
            return TimeSpan.Zero;
        return guess < s_longestHeuristic ? guess : s_longestHeuristic;
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
