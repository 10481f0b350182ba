namespace Headgate.Server.Reporting;

/// <summary>One part of a request that is not what it should be.</summary>
/// <param name="Pointer">The JSON Pointer of the place in the body, empty for the whole; <c>#/query/NAME</c> or <c>#/path/NAME</c> for a parameter.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record ProblemError(string Pointer, string Detail);
