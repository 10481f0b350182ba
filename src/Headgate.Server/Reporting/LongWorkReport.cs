using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Server.Reporting;

/// <summary>Long work, and what of all work is stuck, as it was seen within the last seconds.</summary>
/// <param name="UnderWay">Operations of the store that have not ended.</param>
/// <param name="Running">Those of them that this instance is at.</param>
/// <param name="Stuck">Operations that should have ended two minutes ago or longer, or have waited so long for an instance.</param>
/// <param name="NeedAttention">Operations that somebody has to look at.</param>
/// <param name="BeginNoMore">The APIs that begin no more operations, since as many of theirs need attention as may.</param>
/// <param name="DeadLetters">Events that a consumer could not take.</param>
internal sealed record LongWorkReport(long UnderWay, int Running, long Stuck, long NeedAttention, IReadOnlyList<string> BeginNoMore, long DeadLetters)
{
    /// <summary>What somebody has to see to; null for nothing.</summary>
    public string? Trouble => Told() is { Length: > 0 } told ? told : null;

    /// <summary>The report of what was read last; null while nothing is known.</summary>
    public static LongWorkReport? Of(LongWorkReadings? work, EventReadings? events) => work is null ? null
        : new LongWorkReport(work.UnderWay, work.Running, work.Stuck, work.NeedAttention, work.BeginNoMore, events?.Subscriptions.Sum(subscription => subscription.DeadLetters) ?? 0);

    private string Told() => string.Join(", ", new[]
    {
        Stuck > 0 ? $"stuck operations: {Stuck}" : null,
        NeedAttention > 0 ? $"operations that need attention: {NeedAttention}" : null,
        BeginNoMore.Count > 0 ? $"APIs that begin no more of them for that: {string.Join(' ', BeginNoMore)}" : null,
        DeadLetters > 0 ? $"dead letters: {DeadLetters}" : null,
    }.OfType<string>());
}
