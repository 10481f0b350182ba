using Headgate.Gateway.Routing;

namespace Headgate.Gateway.Plans;

/// <summary>
/// Everything that the data plane needs to serve, compiled from the loaded documents and settings. Immutable: a reload compiles a new one aside
/// and swaps one reference, and requests under way finish on the plan on which they began.
/// </summary>
/// <param name="Routes">Path and method to operation.</param>
/// <param name="Apis">The documents, each compiled.</param>
/// <param name="Generation">Counts up with each reload, from 1.</param>
public sealed record GatewayPlan(RouteTable Routes, IReadOnlyList<ApiPlan> Apis, int Generation);
