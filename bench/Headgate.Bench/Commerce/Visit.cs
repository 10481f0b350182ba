namespace Headgate.Bench.Commerce;

/// <summary>One request of a shopper, and what came of it.</summary>
/// <param name="Took">How long its answer took.</param>
/// <param name="Outcome">What kind of answer it was.</param>
/// <param name="Complaint">What was wrong with it; null for nothing.</param>
internal readonly record struct Visit(TimeSpan Took, VisitOutcome Outcome, string? Complaint = null);
