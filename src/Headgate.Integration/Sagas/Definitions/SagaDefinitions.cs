using System.Collections.Concurrent;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>
/// Finds the compiled saga of a version: in the plan in force, else compiled anew from what was kept, with the services as they are in force. So a saga goes on as it began, at the addresses of today.
/// Thread-safe.
/// </summary>
/// <param name="table">What was kept.</param>
internal sealed class SagaDefinitions(SagaDefinitionTable table)
{
    /// <summary>The most earlier versions that are held compiled.</summary>
    public const int MostEarlier = 100;

    private readonly Lock _compiling = new();
    private volatile Snapshot? _snapshot;
    private PlanHolder? _plans;
    private DocumentLoader? _loader;
    private PlanCompiler? _compiler;

    /// <summary>The compiled sagas of one plan: its own, and earlier ones that were asked for.</summary>
    private sealed record Snapshot(GatewayPlan Plan, Dictionary<string, BoundSaga> Current)
    {
        public ConcurrentDictionary<string, BoundSaga> Earlier { get; } = new(StringComparer.Ordinal);

        public BoundSaga? Find(string version) => Current.TryGetValue(version, out BoundSaga? known) || Earlier.TryGetValue(version, out known) ? known : null;
    }

    /// <summary>Says what is in force, and how an earlier version is compiled. Before the first saga begins.</summary>
    /// <param name="plans">What is in force.</param>
    /// <param name="loader">Reads kept definitions.</param>
    /// <param name="compiler">Compiles them; used for nothing else.</param>
    public void Attach(PlanHolder plans, DocumentLoader loader, PlanCompiler compiler) => (_plans, _loader, _compiler) = (plans, loader, compiler);

    /// <summary>The saga of a version.</summary>
    /// <exception cref="SagaGoneException">It is not in force, and what was kept of it cannot be compiled with the services that there are.</exception>
    /// <exception cref="Storage.StoreException">What was kept cannot be read.</exception>
    public ValueTask<BoundSaga> FindAsync(string version, CancellationToken cancellationToken)
    {
        Snapshot now = Now();
        return now.Find(version) is { } known ? new ValueTask<BoundSaga>(known) : new ValueTask<BoundSaga>(RestoreAsync(now, version, cancellationToken));
    }

    /// <summary>The saga of a version, where it is at hand; else null.</summary>
    public BoundSaga? Find(string version) => _plans is null ? null : Now().Find(version);

    private Snapshot Now()
    {
        GatewayPlan plan = (_plans ?? throw new InvalidOperationException("Nobody said which plan is in force.")).Current;
        if (_snapshot is { } known && ReferenceEquals(known.Plan, plan))
            return known;
        var current = new Dictionary<string, BoundSaga>(StringComparer.Ordinal);
        foreach (OperationPlan operation in plan.Apis.SelectMany(api => api.Operations))
        {
            if (operation.Handler is SagaHandler handler)
                current[handler.Plan.Definition.Version] = new BoundSaga(handler.Plan, plan, operation);
        }

        return _snapshot = new Snapshot(plan, current);
    }

    private async Task<BoundSaga> RestoreAsync(Snapshot now, string version, CancellationToken cancellationToken)
    {
        SagaDefinition kept = await table.FindAsync(version, cancellationToken).ConfigureAwait(false) ?? throw new SagaGoneException("Nothing is kept of the definition with which the saga began.");
        lock (_compiling)
        {
            if (now.Earlier.TryGetValue(version, out BoundSaga? bound))
                return bound;
            bound = Compile(now, kept);
            if (now.Earlier.Count < MostEarlier)
                now.Earlier[version] = bound;
            return bound;
        }
    }

    // With the services of the API as they are now, where it still has all that the saga needs; else with those of its own time.
    private BoundSaga Compile(Snapshot now, SagaDefinition kept)
    {
        ApiPlan? api = now.Plan.Apis.FirstOrDefault(api => api.Name == kept.Api);
        string? inForce = api is null ? null : SagaDefinitionWriter.WriteConfig(api.Document);
        IReadOnlyList<Diagnostic> problems = [];
        foreach (string? config in inForce is null ? [null] : new[] { inForce, null })
        {
            LoadResult load = _loader!.Load(DocumentSource.FromBytes($"{kept.Api}.json", kept.ToDocument(config)));
            PlanResult result = _compiler!.Compile([new DocumentOutcome(load.Readable, load.Diagnostics)], now.Plan.Generation);
            OperationPlan? operation = result.Plan.Apis.SelectMany(each => each.Operations).FirstOrDefault(each => each.Handler is SagaHandler);
            if (operation is { Handler: SagaHandler handler })
                return new BoundSaga(handler.Plan, result.Plan, operation);
            problems = [.. load.Diagnostics.Items.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        }

        throw new SagaGoneException($"The definition with which the saga began cannot be compiled with the services that there are: {string.Join(' ', problems.Take(3).Select(problem => problem.Message))}");
    }
}
