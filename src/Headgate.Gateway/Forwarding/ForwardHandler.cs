using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Sends the request to an instance of a service and the answer back. A refused connection moves on to the next instance, since nothing was sent;
/// anything else is the client's to repeat, unless a retry is declared.
/// </summary>
internal sealed class ForwardHandler(ForwardPlan plan) : GatewayHandler
{
    public override string Name => "forward";

    public override string Describe()
    {
        string request = (plan.Method, plan.Target) is (null, null) ? "the request as it is" : $"{plan.Method ?? "the same method"} {plan.Target?.ToString() ?? "on the same path"}";
        string addresses = string.Join(", ", plan.Service.Instances.Select(instance => instance.Url.GetLeftPart(UriPartial.Path)));
        return $"{request} to {plan.Service.Name} ({plan.Service.Balancer.Name} over {addresses}){(plan.Outbound is null ? "" : $", {plan.Outbound}")}";
    }

    public override GatewayFailure? Foresee(GatewayContext context) => plan.Outbound?.Foresee(context);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask HandleAsync(GatewayContext context)
    {
        if (plan.Outbound is { } outbound && await outbound.EnterAsync(context) is { } refused)
        {
            context.Fail(refused);
            return;
        }

        long now = Environment.TickCount64;
        long deadline = plan.Timeouts.DeadlineFrom(now);
        string target = plan.Target is null ? context.Request.Path + context.ForwardedQuery : plan.Target.Resolve(context);
        ulong tried = 0;
        GatewayErrorKind error = ErrorCatalogue.UpstreamUnavailable;

        while (Choose(tried, now) is { } instance)
        {
            context.Timings.UpstreamStartedAt = context.Clock.GetTimestamp();
            context.HoldInstance(instance);
            var call = new UpstreamCall(instance, plan.Method ?? context.Request.Method, instance.BasePath + target, plan.Timeouts, deadline);
            if (context.Spans is { } spans)
                spans.Call = call;
            UpstreamResult result = await instance.Transport.SendAsync(context, call);
            if (result.Error is null)
            {
                if (plan.MapsErrors && UpstreamErrorMapping.Wants(context))
                    await UpstreamErrorMapping.ApplyAsync(context, plan.Service.Name);
                return;
            }

            error = result.Error;
            if (!result.MayMoveOn || context.ClientGone)
                break;
            now = Environment.TickCount64;
            instance.CoolDown(now);
            tried |= BitOf(instance);
        }

        context.Fail(context.ClientGone ? UpstreamFailures.ClientGone : UpstreamFailures.Of(error, plan.Service.Name));
    }

    private UpstreamInstance? Choose(ulong tried, long now) =>
        plan.Service.Instances.Count == 0 ? null : plan.Service.Balancer.Choose(plan.Service.Instances, tried, now);

    private ulong BitOf(UpstreamInstance instance)
    {
        for (int i = 0; i < plan.Service.Instances.Count && i < 64; i++)
        {
            if (ReferenceEquals(plan.Service.Instances[i], instance))
                return 1UL << i;
        }

        return 0;
    }
}
