namespace Headgate.Server.Documents;

/// <summary>The latest reloads. Bounded and thread-safe.</summary>
internal sealed class ReloadHistory
{
    /// <summary>The most reloads that are remembered.</summary>
    public const int MostReloads = 50;

    /// <summary>The most errors of each that are kept.</summary>
    public const int MostErrors = 20;

    private readonly Lock _lock = new();
    private readonly Queue<ReloadReport> _reports = new();

    /// <summary>Notes a reload; the oldest is forgotten where there are too many.</summary>
    public void Add(ReloadReport report)
    {
        lock (_lock)
        {
            if (_reports.Count == MostReloads)
                _reports.Dequeue();
            _reports.Enqueue(report);
        }
    }

    /// <summary>The reloads, the latest first.</summary>
    public IReadOnlyList<ReloadReport> Read()
    {
        lock (_lock)
            return [.. _reports.Reverse()];
    }
}
