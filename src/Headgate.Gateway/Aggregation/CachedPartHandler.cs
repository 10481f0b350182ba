using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache;

namespace Headgate.Gateway.Aggregation;

/// <summary>Asks for a part by way of the cache. The part's own request is what the cache sees: its target, and of the client who calls, for which tenant, and what else answers may depend on.</summary>
/// <param name="cache">The cache, which asks the service itself for what it stores.</param>
/// <param name="service">Who is asked for what is not for the cache.</param>
/// <param name="call">The call to the service.</param>
internal sealed class CachedPartHandler(CachePolicy cache, ForwardHandler service, ForwardPlan call) : GatewayHandler
{
    public override string Name => service.Name;

    public override string Describe() => service.Describe();

    // What stands in the way of a call does not stand in the way of what is stored.
    public override GatewayFailure? Foresee(GatewayContext context) => null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask HandleAsync(GatewayContext context)
    {
        // The call is made apart from this request, whose own time runs all the same.
        context.Course.StartClock(call);
        if (await cache.OnRequestAsync(context) == PolicyVerdict.Continue)
            await service.HandleAsync(context);
    }
}
