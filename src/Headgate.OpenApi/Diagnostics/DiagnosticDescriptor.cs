namespace Headgate.OpenApi.Diagnostics;

/// <summary>
/// One kind of finding, declared once in a catalogue class (<c>OpenApiDiagnostics</c>, <c>PlanDiagnostics</c>, …) so that its
/// code is unique, documented and searchable. An architecture test holds the codes unique.
/// </summary>
/// <param name="Code">Stable code, <c>HG</c> and four digits.</param>
/// <param name="Severity">What it does to the document.</param>
/// <param name="Title">What went wrong, in a few words, for the reference page.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Title);
