using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Consumers;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>One limit of one operation, compiled. Immutable; what changes is its state.</summary>
/// <param name="Limit">What the document says.</param>
/// <param name="Rate">The same as arithmetic.</param>
/// <param name="Consumer">To whom a request belongs.</param>
/// <param name="State">The counts.</param>
internal sealed record RateLimitPlan(RequestLimit Limit, LimitRate Rate, ConsumerKey Consumer, RateLimitState State)
{
    /// <summary>Whether it holds before authentication: when neither who is counted nor whether depends on the caller.</summary>
    public bool IsEarly => Consumer.IsKnownEarly && Limit.Callers == LimitedCallers.All;

    /// <summary>Whether the request is one that the limit counts.</summary>
    public bool Counts(GatewayContext context) => Limit.Callers switch
    {
        LimitedCallers.Anonymous => !context.IsAuthenticated,
        LimitedCallers.Authenticated => context.IsAuthenticated,
        _ => true,
    };

    /// <summary>The limit as a plan is compared by it.</summary>
    public PlanSetting ToSetting() => new($"limit {Limit.Name}", $"{Limit.Limit} in {new Duration(Limit.Window)}, {Limit.Burst} at once, by {Limit.By}, of {Limit.Callers.ToString().ToLowerInvariant()} callers");

    /// <summary>The limit in words.</summary>
    public override string ToString()
    {
        string burst = Limit.Burst == Limit.Limit ? "" : $", {Limit.Burst} at once";
        return $"'{Limit.Name}' ({Limit.Limit} in {new Duration(Limit.Window)}{burst}, by {Limit.By})";
    }
}
