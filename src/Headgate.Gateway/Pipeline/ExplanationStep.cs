namespace Headgate.Gateway.Pipeline;

/// <summary>One decision of an <see cref="Explanation"/>.</summary>
/// <param name="By">Who decided.</param>
/// <param name="Decision">What.</param>
/// <param name="Reason">Why.</param>
public sealed record ExplanationStep(string By, string Decision, string Reason);
