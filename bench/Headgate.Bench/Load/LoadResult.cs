using System.Text.Json;

namespace Headgate.Bench.Load;

/// <summary>What the generator counted.</summary>
internal sealed record LoadResult(long Requests, double DurationMicroseconds, double P50Microseconds, double P99Microseconds, long Failed)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public double RequestsPerSecond => Requests / (DurationMicroseconds / 1_000_000);

    /// <summary>Reads the line that the generator's script prints at its end; null when it is not there.</summary>
    public static LoadResult? Parse(string output)
    {
        var line = output.Split('\n').LastOrDefault(text => text.StartsWith("{\"requests\"", StringComparison.Ordinal));
        return line is null ? null : JsonSerializer.Deserialize<LoadResult>(line, Format);
    }
}
