using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Telemetry;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Documents;

/// <summary>Reads the configuration anew, aside from the traffic, and puts it in force by swapping one reference. Thread-safe: one reload at a time.</summary>
internal sealed class ConfigurationReloader(
    ConfigurationLoader loader,
    PlanCompiler compiler,
    PlanHolder plans,
    GatewayTelemetry telemetry,
    Configuration initial,
    TimeProvider time,
    ILogger<ConfigurationReloader> logger) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Configuration _current = initial;
    private ReloadReport? _last;
    private long _succeeded;
    private long _failed;

    /// <summary>What runs now.</summary>
    public Configuration Current => Volatile.Read(ref _current);

    /// <summary>How the last reload ended; null when there was none.</summary>
    public ReloadReport? Last => Volatile.Read(ref _last);

    /// <summary>The latest reloads. One that failed inside the program is not among them: the log has it.</summary>
    public ReloadHistory History { get; } = new();

    /// <summary>Reloads after which every document served its latest version.</summary>
    public long Succeeded => Volatile.Read(ref _succeeded);

    /// <summary>Reloads that found errors, or did not come to their end.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Reads and compiles on a pool thread and swaps the plan.</summary>
    public async Task<ReloadReport> ReloadAsync(string trigger, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Reload(trigger), cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private ReloadReport Reload(string trigger)
    {
        bool succeeded = false;
        try
        {
            ReloadReport report = Load(trigger);
            succeeded = report.Succeeded;
            return report;
        }
        finally
        {
            Interlocked.Increment(ref succeeded ? ref _succeeded : ref _failed);
            telemetry.OnReloaded(succeeded);
        }
    }

    private ReloadReport Load(string trigger)
    {
        long began = time.GetTimestamp();
        GatewayPlan before = plans.Current;
        Configuration next = loader.Load(Current);
        if (!ReferenceEquals(next.Plan, plans.Current))
            Activate(next);
        Volatile.Write(ref _current, next);

        var report = new ReloadReport(time.GetUtcNow(), trigger, time.GetElapsedTime(began), next.IsCurrent, next.Plan.Generation)
        {
            Errors = [.. ErrorsOf(next).Take(ReloadHistory.MostErrors)],
            ErrorCount = ErrorsOf(next).Count(),

            // The new plan serves already: looking at what is new holds nobody up.
            Changes = new ReloadedParts(PlanDifference.Of(before, next.Plan)),
        };
        Volatile.Write(ref _last, report);
        History.Add(report);
        Log(next, report);
        return report;
    }

    // A file of several documents says the same in each of them.
    private static IEnumerable<Diagnostic> ErrorsOf(Configuration configuration) =>
        configuration.Documents.SelectMany(document => document.Latest.Diagnostics.Items).Where(finding => finding.Severity == DiagnosticSeverity.Error).Distinct();

    private void Activate(Configuration next)
    {
        telemetry.OnPlanActivated(next.Plan);
        plans.Swap(next.Plan);
        compiler.Retire(next.Plan);
    }

    private void Log(Configuration configuration, ReloadReport report)
    {
        foreach (ServedDocument document in configuration.Documents)
        {
            foreach (Diagnostic diagnostic in document.Latest.Diagnostics.Items)
                DocumentsLog.Finding(logger, diagnostic);
            if (document.ServesEarlierVersion || document.Running is null)
                DocumentsLog.DocumentBroken(logger, document.Path, document.State);
        }

        DocumentsLog.Reloaded(logger, report.Trigger, (long)report.Duration.TotalMilliseconds, report.Generation, report.Succeeded ? "without errors" : "with errors");
    }
}
