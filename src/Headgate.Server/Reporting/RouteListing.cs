using Headgate.Gateway.Plans;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Server.Reporting;

/// <summary>Lists what a plan serves.</summary>
internal static class RouteListing
{
    public static IReadOnlyList<RouteReport> Of(GatewayPlan plan) =>
    [
        .. from api in plan.Apis
           from operation in api.Operations
           from basePath in operation.Operation.BasePaths
           select Row(api, basePath, operation),
    ];

    private static RouteReport Row(ApiPlan api, string basePath, OperationPlan plan) => new(
        plan.Operation.Method,
        basePath + plan.Operation.Path.Text,
        plan.Id,
        api.Name,
        Security(plan.Operation),
        plan.Handler.Describe(),
        [.. plan.RequestPolicies.Select(policy => policy.Name).Concat(plan.ResponsePolicies.Reverse().Select(policy => policy.Name)).Distinct()],
        [.. EnforcementReport.Of(plan.Operation).Select(gap => gap.ToString())]);

    // No scheme is checked by this version: an operation that declares one runs only when that is left to the upstreams.
    private static string Security(ApiOperation operation)
    {
        if (operation.Security.Count == 0 || operation.Security.Any(requirement => requirement.Schemes.Count == 0))
            return "public";
        return $"upstream ({string.Join(" or ", operation.Security.Select(Alternative))})";
    }

    private static string Alternative(SecurityRequirement requirement) => string.Join(" and ", requirement.Schemes.Select(scheme =>
        scheme.Value.Count == 0 ? scheme.Key : $"{scheme.Key} [{string.Join(' ', scheme.Value)}]"));

}
