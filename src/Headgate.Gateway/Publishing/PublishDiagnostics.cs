using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Publishing;

/// <summary>What can be wrong with published documents. Codes HG2810 to HG2819.</summary>
public static class PublishDiagnostics
{
    /// <summary>The page is asked for, and this build was made without it.</summary>
    public static readonly DiagnosticDescriptor PageMissing = new("HG2810", DiagnosticSeverity.Warning, "This build has no documentation page");
}
