using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Checks what the types of <see cref="ApiKeyExtension"/> cannot say. Stateless, thread-safe.</summary>
public static class ApiKeyChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, ApiSecurityScheme scheme, ApiKeyExtension extension, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (scheme.Type != "apiKey")
            diagnostics.Add(ApiKeyDiagnostics.WrongScheme, extension.Node ?? scheme.Node, $"The scheme '{scheme.Key}' does not carry API keys.", "Use type: apiKey.");
    }
}
