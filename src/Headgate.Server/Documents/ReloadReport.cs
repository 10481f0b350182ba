namespace Headgate.Server.Documents;

/// <summary>How one reload ended.</summary>
/// <param name="At">When it was finished.</param>
/// <param name="Trigger">What started it: <c>file change</c>, <c>signal</c>, <c>request</c>.</param>
/// <param name="Duration">How long reading and compiling took.</param>
/// <param name="Succeeded">Whether every document serves as its files say now.</param>
/// <param name="Generation">The plan in force afterwards.</param>
internal sealed record ReloadReport(DateTimeOffset At, string Trigger, TimeSpan Duration, bool Succeeded, int Generation);
