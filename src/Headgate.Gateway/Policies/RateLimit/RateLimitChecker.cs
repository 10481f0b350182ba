using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>Checks what the types of <see cref="RateLimitExtension"/> cannot say. Stateless, thread-safe.</summary>
public static class RateLimitChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, ApiOperation operation, RateLimitExtension extension, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DocumentNode node = operation.Extensions.NodeOf<RateLimitExtension>() ?? operation.Node;
        if (extension.Limit is null && extension.Limits.Count == 0)
            diagnostics.Add(ExtensionDiagnostics.MissingSetting, node, "'limit' is missing.", "Add 'limit', or 'limits' for several.");
        RateLimitRules.Check(extension.Limits, node.At("limits"), diagnostics);
        RateLimitRules.CheckAgainst(document, extension, node, diagnostics);
    }
}
