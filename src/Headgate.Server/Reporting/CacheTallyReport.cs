namespace Headgate.Server.Reporting;

/// <summary>What became of the requests of a document's cached operations.</summary>
/// <param name="Api">The document.</param>
/// <param name="Results">Counts by result.</param>
internal sealed record CacheTallyReport(string Api, IReadOnlyDictionary<string, long> Results);
