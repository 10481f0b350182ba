using Headgate.Gateway.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline.Detached;

/// <summary>
/// A request that is made of a client's and goes on without its connection: what is fetched for many, or for nobody in particular, must not stop when one client goes away or
/// reads slowly. It has no body, and its response is captured.
/// </summary>
internal static class DetachedRequest
{
    /// <summary>Makes the context of such a request: who calls, for which operation and under which ids stays the same.</summary>
    /// <param name="client">The client's request.</param>
    /// <param name="method">The method.</param>
    /// <param name="headers">The header fields.</param>
    /// <param name="tellsInterim">Whether interim responses go to the client; it has to wait then.</param>
    /// <param name="stopped">Stops it, as a client that goes away would.</param>
    public static GatewayContext Of(GatewayContext client, string method, IHeaderDictionary headers, bool tellsInterim, CancellationToken stopped)
    {
        ClientRequest request = client.Request;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Scheme = request.Scheme,
            Protocol = request.Protocol,
            RawTarget = request.RawTarget,
            Headers = headers,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = stopped });
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = request.PeerAddress, LocalIpAddress = request.LocalAddress, LocalPort = request.LocalPort });
        features.Set<IRequestBodyPipeFeature>(NoBodyFeature.Instance);
        features.Set<IHttpRequestBodyDetectionFeature>(NoBodyFeature.Instance);
        if (tellsInterim)
            features.Set<IInterimResponseFeature>(request.Interim);
        var detached = new GatewayContext(features, client.Clock);
        detached.Continue(client);
        return detached;
    }
}
