namespace Headgate.Bench.Guards;

/// <summary>A guard of calls, and what it does for one call that succeeds.</summary>
/// <param name="Name">The row.</param>
/// <param name="Call">What it does.</param>
internal sealed record GuardRow(string Name, Action Call);
