namespace Headgate.Integration.Operations;

/// <summary>What came of an operation that was to begin.</summary>
/// <param name="Run">It; null when it did not begin.</param>
/// <param name="IsRefused">Whether that is since another has what it was to claim, and not since this process takes no more.</param>
internal readonly record struct OperationStart(OperationRun? Run, bool IsRefused);
