using System.Globalization;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>
/// Refuses a request while as many of its consumer are under way as may be. Of several limits a request enters all or none, and it leaves them at its very end, whatever
/// that is.
/// </summary>
/// <param name="plans">The limits, in the order of their states.</param>
internal sealed class ConcurrencyLimitPolicy(ConcurrencyPlan[] plans) : GatewayPolicy
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public override string Name => "concurrency-limit";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => plans.Select(plan => new PlanSetting($"concurrency by {plan.Rule.By}", string.Create(CultureInfo.InvariantCulture, $"{plan.Rule.Limit} under way")));

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        ConcurrencyPlan? full = Enter(context, 0);
        if (context.Explanation is { } explanation)
            Explain(context, explanation);
        return new ValueTask<PolicyVerdict>(full is null ? PolicyVerdict.Continue : Refuse(context, full));
    }

    // Each limit is locked while the next is asked: then all of them count, or none has.
    private ConcurrencyPlan? Enter(GatewayContext context, int next)
    {
        if (next == plans.Length)
            return null;
        ConcurrencyPlan plan = plans[next];
        ulong key = plan.Consumer.Of(context);
        ConcurrencyStripe stripe = plan.State.StripeOf(key);
        lock (stripe.Lock)
        {
            if (stripe.CountOf(key) >= plan.Rule.Limit)
                return plan;
            ConcurrencyPlan? full = Enter(context, next + 1);
            if (full is null && context.Explanation is null)
            {
                stripe.Enter(key);
                context.Held.Add(stripe, key);
            }

            return full;
        }
    }

    private void Explain(GatewayContext context, Explanation explanation)
    {
        foreach (ConcurrencyPlan plan in plans)
        {
            ulong key = plan.Consumer.Of(context);
            ConcurrencyStripe stripe = plan.State.StripeOf(key);
            int count;
            lock (stripe.Lock)
                count = stripe.CountOf(key);
            explanation.Add(
                Name,
                count < plan.Rule.Limit ? "continue" : "refused",
                $"{count} of {plan.Rule.Limit} requests by {plan.Rule.By} of {plan.Consumer.NameOf(context)} are under way in this process");
        }
    }

    private static PolicyVerdict Refuse(GatewayContext context, ConcurrencyPlan full)
    {
        // What rate limits have counted of a request that goes no further they give back.
        if (context.Explanation is null)
            context.Limits.GiveBack(LimitClock.Now(context.Clock));
        string detail = full.Rule.Limit == 1
            ? "One request is under way already. Wait for it to end."
            : string.Create(CultureInfo.InvariantCulture, $"{full.Rule.Limit} requests are under way already. Wait for one of them to end.");
        return context.Fail(new GatewayFailure(ErrorCatalogue.ConcurrencyLimitExceeded, detail) { RetryAfter = s_retryAfter });
    }
}
