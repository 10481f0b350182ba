namespace Headgate.Gateway.Aggregation;

/// <summary>An answer from several services, compiled. Immutable.</summary>
/// <param name="Parts">The parts, in the order of the answer's members.</param>
/// <param name="Order">Their positions, each behind those that it waits for.</param>
/// <param name="MostBytes">The most bytes of all parts together, and of one service's answer.</param>
internal sealed record AggregatePlan(PartPlan[] Parts, int[] Order, long MostBytes)
{
    /// <summary>What the document says.</summary>
    public required AggregateExtension Declared { get; init; }
}
