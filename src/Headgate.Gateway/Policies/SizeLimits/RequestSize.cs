namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>How large the requests of an operation may be, in bytes. A value.</summary>
/// <param name="Body">The body.</param>
/// <param name="Headers">All header fields together; null for what the listener takes.</param>
/// <param name="Url">The request target; null for what the listener takes.</param>
internal readonly record struct RequestSize(long Body, long? Headers, long? Url);
