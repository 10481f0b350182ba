namespace Headgate.Server.Reporting;

/// <summary>An operation, and what its kind says of it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parts">What became of its parts, line by line; empty where the kind has nothing to say.</param>
/// <param name="Next">What happens next, and what can be done, line by line.</param>
internal sealed record OperationExplanation(OperationReport Operation, IReadOnlyList<string> Parts, IReadOnlyList<string> Next);
