namespace Headgate.Gateway.Forwarding;

/// <summary>One try to send a request to one instance: what the transport needs beside the context. A value, passed by reference.</summary>
/// <param name="Instance">Where to.</param>
/// <param name="Method">The method to send.</param>
/// <param name="Target">The request target in origin form: path (normalised, still percent-encoded) and query.</param>
/// <param name="Timeouts">The limits of each stage.</param>
/// <param name="Deadline">The end of the total time, as <c>Environment.TickCount64</c> milliseconds.</param>
internal readonly record struct UpstreamCall(UpstreamInstance Instance, string Method, string Target, UpstreamTimeouts Timeouts, long Deadline);
