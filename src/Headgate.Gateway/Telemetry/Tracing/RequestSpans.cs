using System.Diagnostics;
using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Telemetry.Tracing;

/// <summary>The two spans of a request that is traced to a collector.</summary>
/// <param name="server">Headgate's handling of the request.</param>
/// <param name="client">
/// The call to the upstream. Made with the request, since its id is what upstreams see as their parent; exported only when there was a call.
/// </param>
internal sealed class RequestSpans(Activity server, Activity client)
{
    public Activity Server { get; } = server;

    public Activity Client { get; } = client;

    /// <summary>What was sent to the upstream last; null while nothing was.</summary>
    public UpstreamCall? Call { get; set; }
}
