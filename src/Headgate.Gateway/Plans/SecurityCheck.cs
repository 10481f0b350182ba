using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>
/// Holds a document to what this build can enforce: a scheme that an operation asks for and nobody here checks is an error, unless the operator
/// has said that upstreams check it.
/// </summary>
internal static class SecurityCheck
{
    /// <summary>Reports a scheme that nobody here checks.</summary>
    public static void Report(ApiDocument document, ApiSecurityScheme scheme, bool passthrough, DiagnosticBag diagnostics)
    {
        int uses = document.Operations.Count(operation => Asks(operation, scheme.Key));
        if (uses == 0)
            return;
        string subject = $"The security scheme '{scheme.Key}' ({scheme.Type}) of {uses} operation{(uses == 1 ? "" : "s")}";
        if (passthrough)
        {
            diagnostics.Add(PlanDiagnostics.SecurityPassedThrough, scheme.Node, $"{subject} is left to the upstreams.");
            return;
        }

        (string reason, string fix) = scheme switch
        {
            { Type: "http", HttpScheme: "bearer" } or { Type: "oauth2" } => ("does not say whose tokens are accepted", "Add x-gateway-jwt to it, or start"),
            { Type: "apiKey" } => ("does not say whose keys are accepted", "Add x-gateway-api-key to it for keys that headgate keys makes, or start"),
            _ => ("cannot be enforced by this version", "Start"),
        };
        diagnostics.Add(PlanDiagnostics.SecurityNotEnforceable, scheme.Node, $"{subject} {reason}.", $"{fix} with --security passthrough if the upstreams check it themselves.");
    }

    /// <summary>Whether an operation asks for a scheme: it stands in an alternative, and no alternative lets anonymous callers in.</summary>
    private static bool Asks(ApiOperation operation, string scheme) =>
        !operation.Security.Any(requirement => requirement.Schemes.Count == 0)
        && operation.Security.Any(requirement => requirement.Schemes.ContainsKey(scheme));
}
