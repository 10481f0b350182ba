using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Checks what the types of <see cref="ApiKeyExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class ApiKeyChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiSecurityScheme scheme, ApiKeyExtension extension, DiagnosticBag diagnostics)
    {
        if (scheme.Type != "apiKey")
            diagnostics.Add(ApiKeyDiagnostics.WrongScheme, extension.Node ?? scheme.Node, $"The scheme '{scheme.Key}' does not carry API keys.", "Use type: apiKey.");
    }
}
