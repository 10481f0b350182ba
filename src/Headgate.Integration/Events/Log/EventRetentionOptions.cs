namespace Headgate.Integration.Events.Log;

/// <summary>How long events are kept.</summary>
public sealed record EventRetentionOptions
{
    /// <summary>What an event counts for, beside its payload, against <see cref="MostBytes"/>.</summary>
    public const int EventBytes = 512;

    /// <summary>How old an event becomes.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How large all events may be together: payloads, and <see cref="EventBytes"/> for each event. Beyond, the oldest go.</summary>
    public long MostBytes { get; init; } = 1L << 30;
}
