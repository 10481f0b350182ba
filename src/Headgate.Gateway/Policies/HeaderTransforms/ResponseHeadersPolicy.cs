using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>Changes the header fields of the service's answers. Errors of the gateway itself stay as they are.</summary>
internal sealed class ResponseHeadersPolicy(HeaderPlan plan) : GatewayPolicy
{
    public override string Name => "response-headers";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("responseHeaders", plan.Declared);

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        if (context.Failure is null)
            plan.Apply(context.Response.Headers);
        return ValueTask.CompletedTask;
    }
}
