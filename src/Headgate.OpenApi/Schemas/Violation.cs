namespace Headgate.OpenApi.Schemas;

/// <summary>One way in which a value breaks its schema.</summary>
/// <param name="Pointer">The JSON Pointer (RFC 6901) of the place in the value; empty for the whole.</param>
/// <param name="Keyword">The schema keyword that is broken; <c>json</c> where the text is no JSON.</param>
/// <param name="Detail">What is wrong, as a sentence about the place; never the value itself.</param>
public sealed record Violation(string Pointer, string Keyword, string Detail);
