using System.Diagnostics;

namespace Headgate.Gateway.Tests.Forwarding.Chaos;

/// <summary>How long answers took, counted by tenths of a millisecond: as small after hours as after seconds, so that it hides no leak and is none. Thread-safe.</summary>
internal sealed class Latencies
{
    private const double PerMillisecond = 10;
    private const double MostMilliseconds = 10_000;

    private readonly long[] _counts = new long[(int)(MostMilliseconds * PerMillisecond) + 1];

    /// <summary>How many answers were counted.</summary>
    public long Count => _counts.Sum();

    /// <summary>Counts an answer to a question that was asked at <paramref name="began"/>; what took longer than ten seconds counts as ten.</summary>
    public void AddSince(long began)
    {
        double milliseconds = Math.Min(Stopwatch.GetElapsedTime(began).TotalMilliseconds, MostMilliseconds);
        Interlocked.Increment(ref _counts[(int)Math.Ceiling(milliseconds * PerMillisecond)]);
    }

    /// <summary>What <paramref name="share"/> of the answers took at most, in milliseconds.</summary>
    public double Quantile(double share)
    {
        double wanted = Count * share;
        long seen = 0;
        int at = 0;
        while (at < _counts.Length - 1 && (seen += _counts[at]) < wanted)
            at++;
        return at / PerMillisecond;
    }
}
