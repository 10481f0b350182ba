using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Integration.Idempotency;

/// <summary>Checks what the types of <see cref="IdempotencyExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class IdempotencyChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiOperation operation, DiagnosticBag diagnostics)
    {

        // RFC 9110 §9.2.1: these methods change nothing, so that there is nothing to happen twice.
        if (operation.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE")
        {
            diagnostics.Add(
                IdempotencyDiagnostics.SafeMethod,
                operation.Extensions.NodeOf<IdempotencyExtension>() ?? operation.Node,
                $"{operation.Method} changes nothing: a key would only keep old answers.",
                "Remove the extension, or use x-gateway-cache.");
        }
    }
}
