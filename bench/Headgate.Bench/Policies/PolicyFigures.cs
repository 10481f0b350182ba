namespace Headgate.Bench.Policies;

/// <summary>What a policy adds to one request.</summary>
/// <param name="NanosecondsWithout">What the request takes without the policy.</param>
/// <param name="AddedNanoseconds">What the policy adds.</param>
/// <param name="AddedBytes">The bytes that it adds on the heap.</param>
internal sealed record PolicyFigures(double NanosecondsWithout, double AddedNanoseconds, double AddedBytes);
