using Headgate.Server.Documents;

namespace Headgate.Server.Reporting;

/// <summary>A document of a running instance as <c>status</c> shows it.</summary>
/// <param name="Path">The entry file as the user named it.</param>
/// <param name="State"><c>serving</c>, <c>serving earlier version</c> or <c>not serving</c>.</param>
/// <param name="Title">The title of what serves, or null.</param>
/// <param name="Version">The version of what serves, or null.</param>
/// <param name="Operations">How many operations are served.</param>
/// <param name="Findings">Everything found in its files as they are now.</param>
internal sealed record DocumentReport(string Path, string State, string? Title, string? Version, int Operations, IReadOnlyList<DiagnosticReport> Findings)
{
    public static DocumentReport Of(ServedDocument document) => new(
        document.Path,
        document.State,
        document.Running?.Title,
        document.Running?.ApiVersion,
        document.Running?.Operations.Count ?? 0,
        [.. document.Latest.Diagnostics.Items.Select(DiagnosticReport.Of)]);
}
