using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Says which header fields the service sees beside, and in place of, the client's. Whoever calls the service writes them.</summary>
internal sealed class RequestHeadersPolicy(HeaderPlan plan) : GatewayPolicy
{
    /// <summary>The changes.</summary>
    public HeaderPlan Plan => plan;

    public override string Name => "request-headers";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("requestHeaders", plan.Declared);

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        context.UpstreamFields = plan;
        context.Explanation?.Add(Name, "continue", "header fields of the request are changed");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }
}
