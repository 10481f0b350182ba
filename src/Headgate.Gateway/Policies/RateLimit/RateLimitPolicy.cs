using System.Globalization;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// Counts a request under all limits of its stage, and refuses it with 429 when one has no room: then none of them, and none of the stage before, has counted it.
/// </summary>
/// <param name="plans">The limits, in the order of their states.</param>
/// <param name="phases">The phases in which it takes part; one of an operation's two writes the header fields of both.</param>
/// <param name="texts">The texts of the header fields.</param>
internal sealed class RateLimitPolicy(RateLimitPlan[] plans, PolicyPhases phases, LimitFieldTexts texts) : GatewayPolicy
{
    public override string Name => "rate-limit";

    public override PolicyPhases Phases => phases;

    public override IEnumerable<PlanSetting> Settings => plans.Select(plan => plan.ToSetting());

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (context.Explanation is { } explanation)
            return new ValueTask<PolicyVerdict>(Explain(context, explanation));
        return new ValueTask<PolicyVerdict>(context.Limits.Read(plans, context, takes: true) ? PolicyVerdict.Continue : Refuse(context));
    }

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        context.Limits.WriteTo(context.Response.Headers, texts);
        return ValueTask.CompletedTask;
    }

    private PolicyVerdict Explain(GatewayContext context, Explanation explanation)
    {
        int before = context.Limits.All.Length;
        bool admits = context.Limits.Read(plans, context, takes: false);
        foreach (ref readonly LimitReading reading in context.Limits.All[before..])
        {
            string left = $"{reading.Plan} of {reading.Plan.Consumer.NameOf(context)}: {reading.Remaining} left, counted by this process alone";
            explanation.Add(Name, reading.IsAdmitting ? "continue" : "refused", left);
        }

        return admits ? PolicyVerdict.Continue : Refuse(context);
    }

    private static PolicyVerdict Refuse(GatewayContext context)
    {
        RequestLimit limit = null!;
        TimeSpan wait = TimeSpan.Zero;
        foreach (ref readonly LimitReading reading in context.Limits.All)
        {
            // Of several that refuse, the one that keeps the caller waiting longest: trying again before it has room is of no use.
            if (!reading.IsTaken && reading.Wait > wait)
                (limit, wait) = (reading.Plan.Limit, reading.Wait);
        }

        if (context.Explanation is null)
            context.Limits.GiveBack(LimitClock.Now(context.Clock));
        long seconds = (long)Math.Ceiling(wait.TotalSeconds);
        string detail = string.Create(CultureInfo.InvariantCulture, $"Rate limit exceeded. Try again in {seconds} second{(seconds == 1 ? "" : "s")}.");
        return context.Fail(new GatewayFailure(ErrorCatalogue.RateLimitExceeded, detail)
        {
            RetryAfter = TimeSpan.FromSeconds(seconds),
            Quota = new FailureQuota(limit.Limit, Remaining: 0),
        });
    }
}
