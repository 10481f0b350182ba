using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>A quota in the form of the <c>rate_limits</c> block. Several windows hold at once.</summary>
public sealed record RateLimitQuota
{
    /// <summary>Requests in a second.</summary>
    [Setting("Requests in each second.", Aliases = ["requests_per_second"], Range = "1..1000000000", Default = "no limit")]
    public int? RequestsPerSecond { get; init; }

    /// <summary>Requests in a minute.</summary>
    [Setting("Requests in each minute.", Aliases = ["requests_per_minute"], Range = "1..1000000000", Default = "no limit")]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Requests in an hour.</summary>
    [Setting("Requests in each hour.", Aliases = ["requests_per_hour"], Range = "1..1000000000", Default = "no limit")]
    public int? RequestsPerHour { get; init; }

    /// <summary>Requests in a day.</summary>
    [Setting("Requests in each day.", Aliases = ["requests_per_day"], Range = "1..1000000000", Default = "no limit")]
    public int? RequestsPerDay { get; init; }

    internal IEnumerable<RequestLimit> ToLimits(string name, RateLimitKey by, string? endpoint)
    {
        (int? Limit, TimeSpan Window, string Unit)[] windows =
        [
            (RequestsPerSecond, TimeSpan.FromSeconds(1), "second"),
            (RequestsPerMinute, TimeSpan.FromMinutes(1), "minute"),
            (RequestsPerHour, TimeSpan.FromHours(1), "hour"),
            (RequestsPerDay, TimeSpan.FromDays(1), "day"),
        ];
        bool several = windows.Count(one => one.Limit is not null) > 1;
        foreach ((int? limit, TimeSpan window, string unit) in windows)
        {
            if (limit is { } count)
            {
                yield return new RequestLimit
                {
                    Name = several ? $"{name}-{unit}" : name,
                    By = by,
                    Limit = count,
                    Window = window,
                    Burst = count,
                    Endpoint = endpoint is null ? null : EndpointPattern.Parse(endpoint),
                };
            }
        }
    }
}
