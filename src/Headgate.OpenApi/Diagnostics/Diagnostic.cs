namespace Headgate.OpenApi.Diagnostics;

/// <summary>One finding about a document: what, where, why and how to mend it. Immutable.</summary>
/// <param name="Descriptor">The kind of finding: its code and severity.</param>
/// <param name="Location">Where in the file it stands.</param>
/// <param name="Pointer">The JSON Pointer (RFC 6901) of the place inside that file; empty for the whole document.</param>
/// <param name="Message">What is wrong, naming the offending value.</param>
/// <param name="Fix">What to do about it; null only where there is nothing to add.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, SourceLocation Location, string Pointer, string Message, string? Fix)
{
    /// <summary>The stable code, for example <c>HG1001</c>.</summary>
    public string Code => Descriptor.Code;

    /// <summary>Whether it keeps the document from running.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>One line: place, severity, code, message.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity == DiagnosticSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}
