using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Fallback;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Sends the request to an instance of a service and the answer back: bulkhead, breaker, choice of the instance, transport; and all of it again where a retry is declared. A refused
/// connection moves on to the next instance, since nothing was sent; anything else is the client's to repeat, unless a retry is declared.
/// </summary>
internal sealed class ForwardHandler(ForwardPlan plan) : GatewayHandler
{
    public override string Name => "forward";

    public override string Describe()
    {
        string request = (plan.Method, plan.Target) is (null, null) ? "the request as it is" : $"{plan.Method ?? "the same method"} {plan.Target?.ToString() ?? "on the same path"}";
        string addresses = string.Join(", ", plan.Service.Instances.Select(instance => instance.Url.GetLeftPart(UriPartial.Path)));
        object?[] guards = [plan.Outbound, plan.Bulkhead, plan.Breaker, plan.Retry, plan.Fallback];
        string guarded = string.Concat(guards.Select(guard => guard?.ToString() is { Length: > 0 } text ? $", {text}" : ""));
        return $"{request} to {plan.Service.Name} ({plan.Service.Balancer.Name} over {addresses}){guarded}";
    }

    public override IEnumerable<PlanSetting> Settings => plan.Settings;

    public override GatewayFailure? Foresee(GatewayContext context)
    {
        GatewayFailure? refusal = plan.Outbound?.Foresee(context) ?? plan.Bulkhead?.Foresee() ?? plan.Breaker?.Foresee(context.Clock);
        return refusal is not null && plan.Fallback is not null && FallbackPlan.Wants(context, refusal) ? null : refusal;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask HandleAsync(GatewayContext context)
    {
        if (plan.Outbound is { } outbound && await outbound.EnterAsync(context) is { } refused)
        {
            await ConcludeAsync(context, refused);
            return;
        }

        ForwardCourse course = context.Course;
        course.Begin(context, plan);
        try
        {
            bool goesOn;
            do
            {
                goesOn = false;
                if (plan.Bulkhead is { } bulkhead && !context.HoldsPlace && await bulkhead.EnterAsync(context, course.Left) is { } full)
                {
                    course.Refuse(full);
                }
                else if (course.Next(context) is { } instance)
                {
                    UpstreamResult result = await instance.Transport.SendAsync(context, course.CallTo(context, instance));
                    goesOn = course.Take(context, result) || (plan.Retry is { } retry && await retry.AgainAsync(context, course));
                }
            }
            while (goesOn);
        }
        finally
        {
            course.End(context);
        }

        await ConcludeAsync(context, course.Failure);
    }

    // Synchronous where the answer goes on as it is.
    private ValueTask ConcludeAsync(GatewayContext context, GatewayFailure? failure)
    {
        if (plan.Fallback is { } fallback && FallbackPlan.Wants(context, failure))
            return fallback.ApplyAsync(context, failure);
        if (failure is not null)
            context.Fail(failure);
        else if (plan.MapsErrors && UpstreamErrorMapping.Wants(context))
            return UpstreamErrorMapping.ApplyAsync(context, plan.Service.Name);
        return ValueTask.CompletedTask;
    }
}
