namespace Headgate.Integration.Operations;

/// <summary>What came of an operation that was to begin.</summary>
/// <param name="Run">It; null when it did not begin.</param>
/// <param name="Refusal">Why it did not.</param>
internal readonly record struct OperationStart(OperationRun? Run, OperationRefusal Refusal);
