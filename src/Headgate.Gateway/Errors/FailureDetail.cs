namespace Headgate.Gateway.Errors;

/// <summary>One reason of a validation failure.</summary>
/// <param name="Pointer">Where: a JSON Pointer into the body, or the parameter as <c>#/query/page</c>.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
public sealed record FailureDetail(string Pointer, string Detail);
