using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Aggregation;

/// <summary>Asks several services at once, or one after the other where one needs what another says, and puts their answers together as one JSON object.</summary>
internal sealed class AggregateHandler(AggregatePlan plan) : GatewayHandler
{
    public override string Name => "aggregate";

    public override string Describe() => string.Join("; ", plan.Parts.Select(part => part.DependsOn.Length == 0
        ? part.ToString()
        : $"after {string.Join(" and ", part.DependsOn.Select(other => plan.Parts[other].Field))}: {part}"));

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("aggregate", plan.Declared);

    public override GatewayFailure? Foresee(GatewayContext context)
    {
        foreach (PartPlan part in plan.Parts)
        {
            if (part.IsRequired && part.Caller.Foresee(context) is { } refusal)
                return refusal;
        }

        return null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask HandleAsync(GatewayContext context)
    {
        AggregateRun run = context.Aggregation;
        run.Begin(context, plan);
        if (await run.RunAsync() is { } failure)
        {
            run.Release();
            context.Fail(failure);
            return;
        }

        run.Answer();
    }
}
