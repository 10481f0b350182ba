using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// How often callers may call, in any of the three forms: <c>limits</c>, <c>default/authenticated/window</c>, and
/// <c>global/per_user/per_tenant/by_endpoint</c>. <see cref="ToLimits"/> gives all of them in one.
/// </summary>
public sealed record RateLimitSettings
{
    /// <summary>The limits one by one.</summary>
    [Setting("The limits one by one.")]
    [Shorthand]
    public IReadOnlyList<RateLimitRule> Limits { get; init; } = [];

    /// <summary>Requests per window of a caller who is not authenticated.</summary>
    [Setting("Requests per window of each IP address that calls without authentication.", Range = "1..1000000000", Default = "no limit")]
    public int? Default { get; init; }

    /// <summary>Requests per window of an authenticated user.</summary>
    [Setting("Requests per window of each authenticated user.", Range = "1..1000000000", Default = "no limit")]
    public int? Authenticated { get; init; }

    /// <summary>The window of <see cref="Default"/> and <see cref="Authenticated"/>.</summary>
    [Setting("The window of `default` and `authenticated`.", Range = "1s..31d")]
    public Duration Window { get; init; } = Duration.FromSeconds(60);

    /// <summary>The quota of all callers together.</summary>
    [Setting("The quota of all callers together.", Default = "no limit")]
    public RateLimitQuota? Global { get; init; }

    /// <summary>The quota of each user.</summary>
    [Setting("The quota of each user.", Aliases = ["per_user"], Default = "no limit")]
    public RateLimitQuota? PerUser { get; init; }

    /// <summary>The quota of each tenant.</summary>
    [Setting("The quota of each tenant.", Aliases = ["per_tenant"], Default = "no limit")]
    public RateLimitQuota? PerTenant { get; init; }

    /// <summary>The quota of single operations.</summary>
    [Setting("The quota of single operations, by `METHOD /path`; `*` stands for one path segment.", Aliases = ["by_endpoint"])]
    public IReadOnlyDictionary<string, RateLimitQuota> ByEndpoint { get; init; } = ReadOnlyDictionary<string, RateLimitQuota>.Empty;

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    /// <summary>All limits in the canonical form, in the order in which the forms are listed above.</summary>
    public IReadOnlyList<RequestLimit> ToLimits() =>
    [
        .. Limits.Select(rule => rule.ToLimit()),
        .. Single("default", new(RateLimitBy.Ip), Default, Window, LimitedCallers.Anonymous),
        .. Single("authenticated", new(RateLimitBy.User), Authenticated, Window, LimitedCallers.Authenticated),
        .. Global?.ToLimits("global", new(RateLimitBy.Global), null) ?? [],
        .. PerUser?.ToLimits("per-user", new(RateLimitBy.User), null) ?? [],
        .. PerTenant?.ToLimits("per-tenant", new(RateLimitBy.Tenant), null) ?? [],
        .. ByEndpoint.SelectMany(pair => pair.Value.ToLimits(pair.Key, new(RateLimitBy.Endpoint), pair.Key)),
    ];

    private static IEnumerable<RequestLimit> Single(string name, RateLimitKey by, int? limit, Duration window, LimitedCallers callers)
    {
        if (limit is { } count)
            yield return new RequestLimit { Name = name, By = by, Limit = count, Window = window, Burst = count, Callers = callers };
    }
}
