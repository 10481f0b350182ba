namespace Headgate.Gateway.Aggregation;

/// <summary>What makes the counts of a part the same after a reload.</summary>
/// <param name="Operation">The key of the operation.</param>
/// <param name="Field">The part.</param>
/// <param name="Service">Its service.</param>
internal sealed record PartIdentity(string Operation, string Field, string Service);
