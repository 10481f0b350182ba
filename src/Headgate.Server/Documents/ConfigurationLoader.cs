using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Server.Documents;

/// <summary>
/// Reads the documents and compiles them to a plan. A document that broke since it was read last keeps its last good version, so that one team's mistake
/// stops nobody. Used by one thread at a time.
/// </summary>
/// <param name="loader">Reads the documents with their overlays.</param>
/// <param name="compiler">Compiles; kept from reload to reload, because it keeps what lives longer than a plan.</param>
/// <param name="documents">The entry files.</param>
/// <param name="overlays">The overlays, each applied to the document that it extends, or else to all, in this order.</param>
internal sealed class ConfigurationLoader(
    DocumentLoader loader,
    PlanCompiler compiler,
    IReadOnlyList<string> documents,
    IReadOnlyList<string> overlays)
{
    /// <summary>Reads everything anew.</summary>
    /// <param name="previous">What runs now; null at start.</param>
    public Configuration Load(Configuration? previous)
    {
        IReadOnlyList<LoadResult> loads = loader.LoadAll([.. documents.Select(DocumentSource.FromFile)], [.. overlays.Select(DocumentSource.FromFile)]);
        int generation = (previous?.Plan.Generation ?? 0) + 1;
        PlanResult result = compiler.Compile([.. loads.Select(load => new DocumentOutcome(load.Readable, load.Diagnostics))], generation);
        if (previous is not null && !result.Documents.All(outcome => outcome.Runs))
            return KeepLastGood(previous, loads, result, generation);
        return Join(result.Plan, loads, result.Documents, [.. result.Documents.Select(Running)]);
    }

    private Configuration KeepLastGood(Configuration previous, IReadOnlyList<LoadResult> loads, PlanResult latest, int generation)
    {
        ApiDocument?[] wanted = [.. latest.Documents.Select((outcome, at) => Running(outcome) ?? previous.Documents[at].Running)];
        if (wanted.SequenceEqual(previous.Documents.Select(document => document.Running)))
            return Join(previous.Plan, loads, latest.Documents, wanted);

        DocumentOutcome[] candidates = [.. wanted.Select(document => new DocumentOutcome(document, new DiagnosticBag()))];
        PlanResult mixed = compiler.Compile(candidates, generation);
        bool losesOne = mixed.Documents.Where((outcome, at) => !outcome.Runs && previous.Documents[at].Running is not null).Any();

        // A last good version that no longer fits beside the others' new versions: then all of them stay as they were.
        return losesOne
            ? Join(previous.Plan, loads, latest.Documents, [.. previous.Documents.Select(document => document.Running)])
            : Join(mixed.Plan, loads, latest.Documents, [.. mixed.Documents.Select(Running)]);
    }

    private Configuration Join(GatewayPlan plan, IReadOnlyList<LoadResult> loads, IReadOnlyList<DocumentOutcome> latest, ApiDocument?[] running) =>
        new(plan, [.. documents.Select((path, at) => new ServedDocument(path, latest[at], running[at], loads[at].Files))]);

    private static ApiDocument? Running(DocumentOutcome outcome) => outcome.Runs ? outcome.Document : null;
}
