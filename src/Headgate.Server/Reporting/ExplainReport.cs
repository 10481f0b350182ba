namespace Headgate.Server.Reporting;

/// <summary>What would happen to a request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The URL as it was given.</param>
/// <param name="Status">The status that Headgate itself would answer; null when the handler decides (for a forward: the upstream).</param>
/// <param name="Code">The code of the error that would be answered, or null.</param>
/// <param name="Operation">The matched operation, or null.</param>
/// <param name="Api">The document of the operation, or null.</param>
/// <param name="Steps">Who decided what and why, in order.</param>
internal sealed record ExplainReport(string Method, string Url, int? Status, string? Code, string? Operation, string? Api, IReadOnlyList<ExplainStep> Steps);
