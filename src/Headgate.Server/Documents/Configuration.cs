using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Documents;

/// <summary>The documents and the plan that serves them. Immutable.</summary>
/// <param name="Plan">What requests walk.</param>
/// <param name="Documents">The documents in the order given.</param>
internal sealed record Configuration(GatewayPlan Plan, IReadOnlyList<ServedDocument> Documents)
{
    /// <summary>Whether every document serves as its files say.</summary>
    public bool IsCurrent => Documents.All(document => document is { Running: not null, ServesEarlierVersion: false });

    /// <summary>Whether any document serves.</summary>
    public bool Serves => Documents.Any(document => document.Running is not null);

    /// <summary>How many findings of a severity the latest files have.</summary>
    public int Count(DiagnosticSeverity severity) =>
        Documents.Sum(document => document.Latest.Diagnostics.Items.Count(diagnostic => diagnostic.Severity == severity));

    /// <summary>The full paths of all files that took part.</summary>
    public IEnumerable<string> FilePaths => Documents.SelectMany(document => document.Files).Select(file => file.FullPath).Distinct(StringComparer.Ordinal);
}
