namespace Headgate.Gateway.Plans;

/// <summary>A compiled plan, and what became of each document on the way.</summary>
/// <param name="Plan">The plan of the documents that run.</param>
/// <param name="Documents">One outcome per document, in the order given.</param>
public sealed record PlanResult(GatewayPlan Plan, IReadOnlyList<DocumentOutcome> Documents);
