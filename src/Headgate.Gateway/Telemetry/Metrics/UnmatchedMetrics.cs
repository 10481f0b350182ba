namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The counters of requests that no operation answers: unknown paths, wrong methods, preflights, refused framing. By method, where methods that HTTP does not
/// register count as <c>other</c>. Thread-safe.
/// </summary>
internal sealed class UnmatchedMetrics
{
    /// <summary>The label value of <c>api</c> and <c>operation</c>.</summary>
    public const string None = "none";

    private static readonly string[] s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY", "other"];

    public UnmatchedMetrics(LatencyBuckets latency) =>
        Cells = [.. s_methods.Select(method => new OperationMetrics(None, None, method, latency))];

    public OperationMetrics[] Cells { get; }

    public OperationMetrics For(string method)
    {
        for (int i = 0; i < s_methods.Length - 1; i++)
        {
            if (string.Equals(method, s_methods[i], StringComparison.Ordinal))
                return Cells[i];
        }

        return Cells[^1];
    }
}
