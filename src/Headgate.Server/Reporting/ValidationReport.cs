namespace Headgate.Server.Reporting;

/// <summary>What <c>headgate validate</c> found.</summary>
internal sealed record ValidationReport(int Errors, int Warnings, IReadOnlyList<ValidatedDocument> Documents);
