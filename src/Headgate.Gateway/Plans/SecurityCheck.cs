using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>
/// Holds a document to what this build can enforce: a scheme that an operation asks for and nobody here checks is an error, unless the operator
/// has said that upstreams check it.
/// </summary>
internal static class SecurityCheck
{
    public static void Check(ApiDocument document, bool passthrough, DiagnosticBag diagnostics)
    {
        foreach (ApiSecurityScheme scheme in document.SecuritySchemes.Values)
        {
            int uses = document.Operations.Count(operation => Asks(operation, scheme.Key));
            if (uses == 0)
                continue;
            string subject = $"The security scheme '{scheme.Key}' ({scheme.Type}) of {uses} operation{(uses == 1 ? "" : "s")}";
            if (passthrough)
                diagnostics.Add(PlanDiagnostics.SecurityPassedThrough, scheme.Node, $"{subject} is left to the upstreams.");
            else
                diagnostics.Add(
                    PlanDiagnostics.SecurityNotEnforceable,
                    scheme.Node,
                    $"{subject} cannot be enforced by this version.",
                    "Start with --security passthrough if the upstreams check it themselves.");
        }
    }

    /// <summary>Whether an operation asks for a scheme: it stands in an alternative, and no alternative lets anonymous callers in.</summary>
    private static bool Asks(ApiOperation operation, string scheme) =>
        !operation.Security.Any(requirement => requirement.Schemes.Count == 0)
        && operation.Security.Any(requirement => requirement.Schemes.ContainsKey(scheme));
}
