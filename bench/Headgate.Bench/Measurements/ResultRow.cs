namespace Headgate.Bench.Measurements;

/// <summary>The figures of one subject in one scenario.</summary>
internal sealed record ResultRow(string Subject)
{
    /// <summary>The value of each round.</summary>
    public IReadOnlyDictionary<Metric, IReadOnlyList<double>> Rounds { get; init; } = new Dictionary<Metric, IReadOnlyList<double>>();

    /// <summary>Why there are no figures; null when there are.</summary>
    public string? Failure { get; init; }

    /// <summary>Failed requests of the worst round.</summary>
    public double FailedRequests => Rounds.TryGetValue(Metric.FailedRequests, out var values) ? values.Max() : 0;

    /// <summary>Whether the figures count: an error is answered faster than a request is forwarded.</summary>
    public bool IsSound => Failure is null && FailedRequests == 0;

    /// <summary>The median over the rounds; null when it was not measured.</summary>
    public double? Median(Metric metric)
    {
        if (!Rounds.TryGetValue(metric, out var values) || values.Count == 0)
            return null;
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
