using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>What can be wrong with <c>x-gateway-api-key</c>. Codes HG2670 to HG2679.</summary>
public static class ApiKeyDiagnostics
{
    /// <summary>A security scheme whose credentials are no API keys.</summary>
    public static readonly DiagnosticDescriptor WrongScheme = new("HG2670", DiagnosticSeverity.Error, "Not a scheme of API keys");
}
