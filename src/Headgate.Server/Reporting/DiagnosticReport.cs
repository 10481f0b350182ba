using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Reporting;

/// <summary>A finding as JSON shows it.</summary>
internal sealed record DiagnosticReport(string Severity, string Code, string File, int Line, int Column, string Pointer, string Message, string? Fix)
{
    public static DiagnosticReport Of(Diagnostic diagnostic) => new(
        diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        diagnostic.Code,
        diagnostic.Location.File,
        diagnostic.Location.Line,
        diagnostic.Location.Column,
        diagnostic.Pointer,
        diagnostic.Message,
        diagnostic.Fix);
}
