using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>
/// Tells callers that an operation goes away (RFC 9745, RFC 8594), keeps who still calls it, and ends it where the document says so. It stands behind
/// authorization: only who may call is counted, and only he is told that the operation is gone.
/// </summary>
/// <param name="plan">What is told.</param>
/// <param name="use">Who calls.</param>
internal sealed class SunsetPolicy(SunsetPlan plan, DeprecatedUse use) : GatewayPolicy
{
    private const string DeprecationHeader = "Deprecation";
    private const string SunsetHeader = "Sunset";

    public override string Name => "sunset";

    public override PolicyPhases Phases => PolicyPhases.Both;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("deprecated", plan.Declared).Prepend(new PlanSetting("deprecated", "yes"));

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        DateTimeOffset now = context.Clock.GetUtcNow();
        if (context.Explanation is null)
            use.Count(context, now);
        return new ValueTask<PolicyVerdict>(now >= plan.GoneAt ? Refuse(context) : Continue(context));
    }

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers[DeprecationHeader] = plan.Deprecation;
        if (plan.Sunset is not null)
            headers[SunsetHeader] = plan.Sunset;
        if (plan.Links.Count > 0)
            headers.Link = StringValues.Concat(headers.Link, plan.Links);
        return ValueTask.CompletedTask;
    }

    private PolicyVerdict Continue(GatewayContext context)
    {
        context.Explanation?.Add(Name, "continue", $"deprecated since {plan.Deprecation}{(plan.Sunset is null ? "" : $", goes away {plan.Sunset}")}");
        return PolicyVerdict.Continue;
    }

    private PolicyVerdict Refuse(GatewayContext context)
    {
        string successor = plan.Successor is null ? "" : $" {plan.Successor} takes its place.";
        var failure = new GatewayFailure(ErrorCatalogue.OperationGone, $"The operation went away on {plan.Sunset}.{successor}");
        context.Explanation?.Add(Name, "refused", failure.Detail);
        return context.Fail(failure);
    }
}
