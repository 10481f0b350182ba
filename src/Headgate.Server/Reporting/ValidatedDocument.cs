namespace Headgate.Server.Reporting;

/// <summary>One document of a <see cref="ValidationReport"/>.</summary>
/// <param name="Path">The entry file.</param>
/// <param name="Operations">How many operations it has; 0 where it could not be read.</param>
/// <param name="Dropped">Findings beyond those that are listed.</param>
/// <param name="Findings">The findings.</param>
internal sealed record ValidatedDocument(string Path, int Operations, int Dropped, IReadOnlyList<DiagnosticReport> Findings);
