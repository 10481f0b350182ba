namespace Headgate.Server.Reporting;

/// <summary>One member of a body that is not what it should be.</summary>
/// <param name="Pointer">The JSON Pointer of the place; empty for the whole body.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record ProblemError(string Pointer, string Detail);
