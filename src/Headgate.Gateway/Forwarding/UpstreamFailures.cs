using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding;

/// <summary>The failures of calls to upstreams in words that a client may read: the service by name, never by address.</summary>
internal static class UpstreamFailures
{
    public static GatewayFailure ClientGone { get; } = new(ErrorCatalogue.ClientClosedRequest, "The client closed the connection.");

    /// <summary>A failure on the way to a service. One that is the client's own doing names no service.</summary>
    public static GatewayFailure Of(GatewayErrorKind kind, string service) => kind.ProxyStatus is null
        ? new GatewayFailure(kind, kind.Title)
        : new GatewayFailure(kind, $"{kind.Title} The service is {service}.") { Service = service };
}
