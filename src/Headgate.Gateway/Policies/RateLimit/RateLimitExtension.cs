using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What <c>x-gateway-rate-limit</c> says: limits of one operation beside those of the document.</summary>
public sealed record RateLimitExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-rate-limit",
        typeof(RateLimitExtension),
        ExtensionLocations.Operation,
        "Limits of one operation, beside those of the document.");

    /// <summary>Several limits.</summary>
    [Setting("Several limits.")]
    [Shorthand]
    public IReadOnlyList<RateLimitRule> Limits { get; init; } = [];

    /// <summary>The only limit: how many requests in each window.</summary>
    [Setting("The only limit: how many requests in each window.", Range = "1..1000000000", Default = "`limits`")]
    [Shorthand(1)]
    public int? Limit { get; init; }

    /// <summary>The window of <see cref="Limit"/>.</summary>
    [Setting("The window of `limit`.", Range = "1s..31d")]
    public Duration Window { get; init; } = Duration.FromSeconds(60);

    /// <summary>Whose requests <see cref="Limit"/> counts together.</summary>
    [Setting("Whose requests `limit` counts together.")]
    public RateLimitKey By { get; init; } = new(RateLimitBy.User);

    /// <summary>How many requests may come at once under <see cref="Limit"/>; null for the limit.</summary>
    [Setting("How many requests may come at once under `limit`.", Range = "1..1000000000", Default = "`limit`")]
    public int? Burst { get; init; }

    /// <summary>All limits in the canonical form.</summary>
    public IReadOnlyList<RequestLimit> ToLimits() =>
    [
        .. Limits.Select(rule => rule.ToLimit()),
        .. Limit is { } limit ? [new RateLimitRule { By = By, Limit = limit, Window = Window, Burst = Burst }.ToLimit()] : Array.Empty<RequestLimit>(),
    ];
}
