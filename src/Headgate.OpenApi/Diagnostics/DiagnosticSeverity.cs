namespace Headgate.OpenApi.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The document runs; something in it is ignored, not enforced yet, or probably not what was meant.</summary>
    Warning,

    /// <summary>The document does not run.</summary>
    Error,
}
