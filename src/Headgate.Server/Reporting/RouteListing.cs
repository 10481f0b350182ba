using Headgate.Gateway.Plans;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Server.Reporting;

/// <summary>Lists what a plan serves.</summary>
internal static class RouteListing
{
    public static IReadOnlyList<RouteReport> Of(GatewayPlan plan) =>
    [
        .. from api in plan.Apis.OrderBy(api => api.BuiltIn is not null)
           from operation in api.Operations
           from basePath in operation.Operation.BasePaths
           select Row(api, basePath, operation),
    ];

    private static RouteReport Row(ApiPlan api, string basePath, OperationPlan plan) => new(
        plan.Operation.Method,
        basePath + plan.Operation.Path.Text,
        plan.Id,
        api.Name,
        Security(api, plan.Operation),
        plan.Handler.Describe(),
        [.. plan.PolicyNames],
        [.. EnforcementReport.Of(plan.Operation).Select(gap => gap.ToString())]);

    // A scheme that is not checked here belongs to an operation that runs only because that is left to the upstreams, or that others may call too.
    private static string Security(ApiPlan api, ApiOperation operation)
    {
        bool isChecked = operation.Security.SelectMany(requirement => requirement.Schemes.Keys).Any(api.Authenticators.ContainsKey);
        if (!isChecked && operation.Security.All(requirement => requirement.Schemes.Count > 0) && operation.Security.Count > 0)
            return $"upstream ({string.Join(" or ", operation.Security.Select(requirement => Alternative(requirement, scheme => scheme)))})";
        if (!isChecked)
            return "public";
        return string.Join(" or ", operation.Security.Select(requirement => requirement.Schemes.Count == 0 ? "public" : Alternative(requirement, scheme => api.Authenticators.ContainsKey(scheme) ? scheme : $"upstream ({scheme})")));
    }

    private static string Alternative(SecurityRequirement requirement, Func<string, string> name) => string.Join(" and ", requirement.Schemes.Select(scheme =>
        scheme.Value.Count == 0 ? name(scheme.Key) : $"{name(scheme.Key)} [{string.Join(' ', scheme.Value)}]"));

}
