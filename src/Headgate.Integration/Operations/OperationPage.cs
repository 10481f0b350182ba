namespace Headgate.Integration.Operations;

/// <summary>A part of a list, the latest first. Immutable.</summary>
/// <param name="Operations">The operations, without data and result.</param>
/// <param name="Next">The cursor of the next page; null at the end.</param>
public sealed record OperationPage(IReadOnlyList<OperationRecord> Operations, string? Next);
