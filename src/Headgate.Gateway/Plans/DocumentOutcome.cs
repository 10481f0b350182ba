using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>What became of one document. Immutable once the compiler returned it.</summary>
/// <param name="Document">The document as far as it could be read; null when it could not be read at all.</param>
/// <param name="Diagnostics">Everything that loading and compiling found, errors and warnings.</param>
public sealed record DocumentOutcome(ApiDocument? Document, DiagnosticBag Diagnostics)
{
    /// <summary>Whether the document is part of the plan.</summary>
    public bool Runs => Document is not null && !Diagnostics.HasErrors;
}
