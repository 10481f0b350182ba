namespace Headgate.Bench.Measurements;

/// <summary>Something that is measured. Units stand in the title.</summary>
/// <param name="Key">Name in the JSON.</param>
/// <param name="Title">Column in the table.</param>
/// <param name="Decimals">Digits after the point in the table.</param>
/// <param name="IsCompared">Whether ratios to the baselines are shown.</param>
internal sealed record Metric(string Key, string Title, int Decimals, bool IsCompared)
{
    public static Metric RequestsPerSecond { get; } = new("requestsPerSecond", "req/s", 0, true);

    public static Metric CpuMicrosecondsPerRequest { get; } = new("cpuMicrosecondsPerRequest", "CPU µs/req", 1, true);

    public static Metric P50Milliseconds { get; } = new("p50Milliseconds", "p50 ms", 2, true);

    public static Metric P99Milliseconds { get; } = new("p99Milliseconds", "p99 ms", 2, true);

    public static Metric ResidentMebibytes { get; } = new("residentMebibytes", "RSS MiB", 1, true);

    /// <summary>Socket errors and answers other than 2xx and 3xx.</summary>
    public static Metric FailedRequests { get; } = new("failedRequests", "failed", 0, false);

    public static Metric KibibytesPerConnection { get; } = new("kibibytesPerConnection", "KiB/connection", 2, true);

    public static Metric CommitsPerSecond { get; } = new("commitsPerSecond", "commits/s", 0, true);

    public static Metric EventsPerSecond { get; } = new("eventsPerSecond", "events/s", 0, false);

    public static Metric CpuMicrosecondsPerEvent { get; } = new("cpuMicrosecondsPerEvent", "CPU µs/event", 1, false);

    public static Metric LagP99Milliseconds { get; } = new("lagP99Milliseconds", "lag p99 ms", 2, false);

    public static Metric Seconds { get; } = new("seconds", "s", 2, true);

    public static Metric MicrosecondsPerValue { get; } = new("microsecondsPerValue", "µs/value", 2, true);

    public static Metric AllocatedBytesPerValue { get; } = new("allocatedBytesPerValue", "allocated B/value", 0, false);

    public static Metric NanosecondsWithout { get; } = new("nanosecondsWithout", "ns/req without", 0, false);

    public static Metric AddedNanoseconds { get; } = new("addedNanoseconds", "added ns/req", 0, false);

    public static Metric AddedBytes { get; } = new("addedBytes", "added B/req", 0, false);

    public static Metric DocumentMebibytes { get; } = new("documentMebibytes", "document MiB", 2, false);
}
