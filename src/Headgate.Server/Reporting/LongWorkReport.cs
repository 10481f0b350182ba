using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Server.Reporting;

/// <summary>Long work, and what of all work is stuck, as it was seen within the last seconds.</summary>
/// <param name="UnderWay">Operations of the store that have not ended.</param>
/// <param name="Running">Those of them that this instance is at.</param>
/// <param name="Stuck">Operations that should have ended two minutes ago or longer, or have waited so long for an instance.</param>
/// <param name="NeedAttention">Operations that somebody has to look at.</param>
/// <param name="DeadLetters">Events that a consumer could not take.</param>
internal sealed record LongWorkReport(long UnderWay, int Running, long Stuck, long NeedAttention, long DeadLetters)
{
    /// <summary>What somebody has to see to; null for nothing.</summary>
    public string? Trouble => (Stuck, NeedAttention, DeadLetters) is (0, 0, 0) ? null : string.Join(", ", new[]
    {
        (Stuck, "stuck operations"), (NeedAttention, "operations that need attention"), (DeadLetters, "dead letters"),
    }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}"));

    /// <summary>The report of what was read last; null while nothing is known.</summary>
    public static LongWorkReport? Of(LongWorkReadings? work, EventReadings? events) => work is null ? null
        : new LongWorkReport(work.UnderWay, work.Running, work.Stuck, work.NeedAttention, events?.Subscriptions.Sum(subscription => subscription.DeadLetters) ?? 0);
}
