using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Pipeline;

/// <summary>The one reference that a reload swaps. Thread-safe.</summary>
public sealed class PlanHolder(GatewayPlan initial)
{
    private GatewayPlan _current = initial;

    /// <summary>The plan that new requests begin on.</summary>
    public GatewayPlan Current => Volatile.Read(ref _current);

    /// <summary>Puts a new plan in force for requests that begin from now on.</summary>
    public void Swap(GatewayPlan plan) => Volatile.Write(ref _current, plan);
}
