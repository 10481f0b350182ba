using System.Diagnostics;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>The two spans of a request that is traced to a collector.</summary>
/// <param name="Server">Headgate's handling of the request.</param>
/// <param name="Client">
/// The call to the upstream. Made with the request, since its id is what upstreams see as their parent; exported only when there was a call.
/// </param>
internal sealed record RequestSpans(Activity Server, Activity Client);
