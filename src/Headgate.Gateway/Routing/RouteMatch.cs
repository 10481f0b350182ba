using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Routing;

/// <summary>What the router found. A value.</summary>
/// <param name="Operation">The operation, or null.</param>
/// <param name="Methods">The methods of the matched path when only the method does not fit; null when no path matches.</param>
internal readonly record struct RouteMatch(OperationPlan? Operation, MethodTable? Methods);
