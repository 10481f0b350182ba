using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.View;

/// <summary>What can be wrong with <c>x-gateway-view</c>. Codes HG2690 to HG2699, and HG2940 to HG2949.</summary>
public static class ViewDiagnostics
{
    /// <summary>A default that is none of the views.</summary>
    public static readonly DiagnosticDescriptor UnknownView = new("HG2690", DiagnosticSeverity.Error, "Unknown view");

    /// <summary>A path parameter that the operation does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownParameter = new("HG2691", DiagnosticSeverity.Error, "Unknown path parameter");

    /// <summary>A field that no answer can have.</summary>
    public static readonly DiagnosticDescriptor NoField = new("HG2940", DiagnosticSeverity.Error, "No field");
}
