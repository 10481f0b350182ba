using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Where a reference leads, or why it leads nowhere. Neither: its file could not be read, which was reported with the file.</summary>
/// <param name="Target">The value.</param>
/// <param name="Problem">The kind of finding.</param>
/// <param name="Explain">Message and fix; found out when asked for, because looking for what was meant takes time.</param>
internal readonly record struct ReferenceOutcome(DocumentNode? Target, DiagnosticDescriptor? Problem = null, Func<(string Message, string Fix)>? Explain = null)
{
    public static ReferenceOutcome Fail(DiagnosticDescriptor problem, string message, string fix) => new(null, problem, () => (message, fix));

    /// <summary>Adds the problem to the findings, at the reference, as the outcome's kind or another one.</summary>
    public void Report(DiagnosticBag diagnostics, DocumentNode reference, DiagnosticDescriptor descriptor)
    {
        (string message, string fix) = Explain is not null && diagnostics.Keeps(descriptor) ? Explain() : ("", "");
        diagnostics.Add(descriptor, reference, message, fix);
    }
}
