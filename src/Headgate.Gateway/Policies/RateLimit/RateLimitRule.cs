using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>One limit in the canonical form of documents.</summary>
public sealed record RateLimitRule
{
    /// <summary>The name in headers, logs and metrics; null for the text of <see cref="By"/>.</summary>
    [Setting("The name in `RateLimit-Policy`, logs and metrics.", Format = SettingFormat.Name, Default = "`by`")]
    public string? Name { get; init; }

    /// <summary>Whose requests are counted together.</summary>
    [Setting("Whose requests are counted together.")]
    public RateLimitKey By { get; init; } = new(RateLimitBy.User);

    /// <summary>How many requests in each window.</summary>
    [Setting("How many requests in each window.", Range = "1..1000000000")]
    public required int Limit { get; init; }

    /// <summary>The window.</summary>
    [Setting("The window.", Range = "1s..31d")]
    public Duration Window { get; init; } = Duration.FromSeconds(60);

    /// <summary>How many requests may come at once; null for the limit.</summary>
    [Setting("How many requests may come at once before they are spread over the window.", Range = "1..1000000000", Default = "`limit`")]
    public int? Burst { get; init; }

    internal RequestLimit ToLimit() =>
        new() { Name = Name ?? By.ToString().Replace(':', '-'), By = By, Limit = Limit, Window = Window, Burst = Burst ?? Limit };
}
