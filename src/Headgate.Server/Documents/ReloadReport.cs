using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Documents;

/// <summary>How one reload ended. Immutable.</summary>
/// <param name="At">When it was finished.</param>
/// <param name="Trigger">What started it: <c>file change</c>, <c>signal</c>, or <c>request from</c> an address.</param>
/// <param name="Duration">How long reading and compiling took.</param>
/// <param name="Succeeded">Whether every document serves as its files say now.</param>
/// <param name="Generation">The plan in force afterwards.</param>
internal sealed record ReloadReport(DateTimeOffset At, string Trigger, TimeSpan Duration, bool Succeeded, int Generation)
{
    /// <summary>The errors that it found, as many as are kept.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>How many errors it found.</summary>
    public int ErrorCount { get; init; }

    /// <summary>What changed in the plan in force.</summary>
    public ReloadedParts Changes { get; init; } = ReloadedParts.None;
}
