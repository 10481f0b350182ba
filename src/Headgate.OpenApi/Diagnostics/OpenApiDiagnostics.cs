namespace Headgate.OpenApi.Diagnostics;

/// <summary>
/// The findings of the document compiler's front end, HG1000 to HG1499: files, syntax and limits (HG10xx), overlays (HG11xx),
/// structure (HG12xx), references (HG13xx), meaning (HG14xx). One partial file for each group.
/// </summary>
internal static partial class OpenApiDiagnostics
{
    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
