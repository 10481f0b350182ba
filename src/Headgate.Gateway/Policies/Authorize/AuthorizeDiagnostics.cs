using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>What can be wrong with <c>x-gateway-authorize</c>. Codes HG2640 to HG2659.</summary>
public static class AuthorizeDiagnostics
{
    /// <summary>A permission that is not segments joined by colons.</summary>
    public static readonly DiagnosticDescriptor BadPermission = Error("HG2640", "Malformed permission");

    /// <summary>A rule that asks for nothing.</summary>
    public static readonly DiagnosticDescriptor EmptyRule = Error("HG2641", "Rule without content");

    /// <summary>A permission of nobody: the operation is public.</summary>
    public static readonly DiagnosticDescriptor NoCaller = Error("HG2642", "Permission on a public operation");

    /// <summary>A scope with a placeholder that is no path parameter, or that is malformed.</summary>
    public static readonly DiagnosticDescriptor BadScope = Error("HG2643", "Malformed scope");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
