using Headgate.OpenApi.Diagnostics;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>What compiling the checks of answers can find. Codes HG2750–HG2759.</summary>
public static class AnswerDiagnostics
{
    /// <summary>A schema of an answer cannot be applied.</summary>
    public static readonly DiagnosticDescriptor NotApplied = new("HG2750", DiagnosticSeverity.Warning, "Schema of an answer that cannot be applied");
}
