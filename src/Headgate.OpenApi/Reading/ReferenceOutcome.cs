using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Where a reference leads, or why it leads nowhere. Neither: its file could not be read, which was reported with the file.</summary>
internal readonly record struct ReferenceOutcome(DocumentNode? Target, DiagnosticDescriptor? Problem = null, string Message = "", string? Fix = null)
{
    public static ReferenceOutcome Fail(DiagnosticDescriptor problem, string message, string? fix) => new(null, problem, message, fix);
}
