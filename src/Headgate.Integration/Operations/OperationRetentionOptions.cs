namespace Headgate.Integration.Operations;

/// <summary>How long operations are kept that have ended. Those that need attention are kept until somebody has seen to them.</summary>
public sealed record OperationRetentionOptions
{
    /// <summary>How long after its end.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many; beyond, those that ended first go.</summary>
    public long Most { get; init; } = 500_000;

    /// <summary>How many operations of one API may need attention; an API of which so many do begins no more.</summary>
    public long MostAttention { get; init; } = 10_000;
}
