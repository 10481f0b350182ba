using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>What can be wrong with <c>x-gateway-api-key</c>. Codes HG2670 to HG2679.</summary>
public static class ApiKeyDiagnostics
{
    /// <summary>A security scheme whose credentials are no API keys.</summary>
    public static readonly DiagnosticDescriptor WrongScheme = new("HG2670", DiagnosticSeverity.Error, "Not a scheme of API keys");

    /// <summary>A store of keys that does not exist.</summary>
    public static readonly DiagnosticDescriptor UnknownStore = new("HG2671", DiagnosticSeverity.Error, "No such store of API keys");

    /// <summary>A place in a request in which no key can stand.</summary>
    public static readonly DiagnosticDescriptor ImpossiblePlace = new("HG2672", DiagnosticSeverity.Error, "No place for an API key");
}
