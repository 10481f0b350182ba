using Headgate.Gateway.Plans.Listing;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding;

/// <summary>How long each stage of a call may take. <see cref="Timeout.InfiniteTimeSpan"/> switches one off.</summary>
/// <param name="Connect">Name resolution, TCP and TLS. Default 5 s.</param>
/// <param name="Headers">From the request's last byte (or, while it still streams, from its last progress) to the complete response head. Default: the total.</param>
/// <param name="Idle">The longest silence while a body streams, in either direction. Default 60 s.</param>
/// <param name="Total">From choosing the instance to the complete response head, retries included; once the head is there the idle timeout alone holds, so that downloads and event
/// streams may last. Default 30 s.</param>
public sealed record UpstreamTimeouts(TimeSpan Connect, TimeSpan Headers, TimeSpan Idle, TimeSpan Total)
{
    /// <summary>Each single try, from choosing the instance to the complete response head. Default: as long as the total leaves.</summary>
    public TimeSpan PerTry { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The defaults: 5 s, 30 s, 60 s, 30 s.</summary>
    public static UpstreamTimeouts Default { get; } =
        new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    /// <summary>Each of them, as plans are compared by it.</summary>
    internal IEnumerable<PlanSetting> Settings =>
        new[] { ("connect", Connect), ("headers", Headers), ("idle", Idle), ("total", Total), ("perTry", PerTry) }
            .Select(stage => new PlanSetting($"timeout.{stage.Item1}", stage.Item2 == Timeout.InfiniteTimeSpan ? "none" : new Duration(stage.Item2).ToString()));

    /// <summary>The end of the total time for a call that begins at <paramref name="now"/> (<c>Environment.TickCount64</c> milliseconds).</summary>
    internal long DeadlineFrom(long now) => Total == Timeout.InfiniteTimeSpan ? long.MaxValue : now + (long)Total.TotalMilliseconds;
}
