using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>
/// Compiles the schemas of a document's answers. What is wrong with them keeps no document from running: it serves, and the answers of that operation are not held to
/// their schemas. Not thread-safe.
/// </summary>
internal sealed class AnswerSchemas(ApiDocument document)
{
    private readonly HashSet<(SourceLocation, string)> _told = [];
    private DiagnosticBag _findings = new();
    private MessageSchemas? _schemas;

    /// <summary>The compiler.</summary>
    public MessageSchemas Current => _schemas ??= new MessageSchemas(document, MessageDirection.Response, _findings);

    /// <summary>The names that the schemas give to members: what else a name is, only the answer knows.</summary>
    public DeclaredNames Names { get; } = new();

    /// <summary>Whether what was compiled since the last time cannot be applied. Each reason is told once.</summary>
    public bool TakeFaults(DiagnosticBag diagnostics)
    {
        if (!_findings.HasErrors)
            return false;
        foreach (Diagnostic fault in _findings.Items.Where(item => item.Severity == DiagnosticSeverity.Error && _told.Add((item.Location, item.Code))))
            diagnostics.Add(fault with { Descriptor = AnswerDiagnostics.NotApplied, Message = $"{fault.Message} Answers of operations with this schema are not held to it ({fault.Code})." });

        // A schema that was filled with a fault is not to be used again.
        _findings = new DiagnosticBag();
        _schemas = null;
        return true;
    }
}
