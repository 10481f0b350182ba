using System.Net;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>Makes the framework's message of a request.</summary>
internal static class FrameworkRequest
{
    // The target was normalised by the router; what was matched is what is sent.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public static bool HasContent(ClientRequest request) => request.HasBody && !UpgradeRequest.IsWanted(request);

    /// <summary>The message; null when the request holds what must not be forwarded.</summary>
    public static HttpRequestMessage? Create(GatewayContext context, in UpstreamCall call, ClientBodyContent? content)
    {
        ClientRequest request = context.Request;
        bool upgrades = UpgradeRequest.IsWanted(request);
        string origin = call.Instance.Url.GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);
        var message = new HttpRequestMessage(
            HttpMethod.Parse(UpgradeRequest.MethodOf(request, call.Method)),
            new Uri($"{(call.Instance.IsTls ? "https" : "http")}://{origin}{call.Target}", Verbatim))
        {
            Content = content,
            Version = upgrades || !(call.Instance.IsTls || call.Instance.IsHttp2) ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = call.Instance.IsTls && !upgrades ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };

        var headers = new HeaderCollector(message);
        UpstreamRequestHeaders.Write(context, ref headers);
        if (headers.IsRefused)
        {
            message.Dispose();
            return null;
        }

        // The client takes the name for SNI and for the check of the certificate from Host.
        if (call.Instance is { IsTls: true, Tls.ServerName: { } name })
            message.Headers.Host = call.Instance.Url.IsDefaultPort ? name : $"{name}:{call.Instance.Url.Port}";
        if (upgrades)
            UpgradeRequest.WriteFields(request, ref headers);

        // RFC 9110 §10.1.4: a client that takes trailers (gRPC insists on saying so) is told to the upstream, since both sides carry them.
        if (ConnectionOption.Contains(request.Headers.TE.ToString(), "trailers"))
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        if (content is not null && request.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase))
            message.Headers.ExpectContinue = true;
        return message;
    }
}
