namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How many operations of a kind ended one way in this process.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Outcome">The way: <c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>needs_attention</c>.</param>
/// <param name="Count">How many.</param>
public readonly record struct LongWorkOutcome(string Kind, string Outcome, long Count);
