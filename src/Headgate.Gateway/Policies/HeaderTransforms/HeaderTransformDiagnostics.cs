using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.HeaderTransforms;

/// <summary>What can be wrong with changes to header fields. Codes HG2710 to HG2719.</summary>
public static class HeaderTransformDiagnostics
{
    /// <summary>A field that is not the document's to change.</summary>
    public static readonly DiagnosticDescriptor OwnField = new("HG2710", DiagnosticSeverity.Error, "Field of Headgate's own");
}
