namespace Headgate.Integration.Events.Log;

/// <summary>Why an event cannot be taken.</summary>
/// <param name="Attribute">The attribute at fault, by its CloudEvents name; <c>data</c> for the payload.</param>
/// <param name="Detail">What is wrong with it, for its producer to read.</param>
/// <param name="IsTooLarge">Whether it is only too large.</param>
public sealed record EventProblem(string Attribute, string Detail, bool IsTooLarge = false);
