using System.Net.Sockets;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>Names what the framework's client throws.</summary>
internal static class FrameworkFailure
{
    public static UpstreamResult ResultOf(Exception error, GatewayContext context, ClientBodyContent? content)
    {
        if (context.ClientGone)
            return new UpstreamResult(ErrorCatalogue.ClientClosedRequest, NothingSent: false);
        if (content?.ClientError is { } clientError)
            return new UpstreamResult(clientError, NothingSent: false);
        return error switch
        {
            OperationCanceledException { InnerException: TimeoutException } => new UpstreamResult(ErrorCatalogue.UpstreamConnectTimeout, NothingSent: true),
            OperationCanceledException => new UpstreamResult(
                content is { WaitsForClient: true } ? ErrorCatalogue.RequestBodyTimeout : ErrorCatalogue.UpstreamResponseTimeout,
                NothingSent: false),
            HttpRequestException request => ResultOf(request),
            _ => new UpstreamResult(ErrorCatalogue.UpstreamConnectionClosed, NothingSent: false),
        };
    }

    private static UpstreamResult ResultOf(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new UpstreamResult(ErrorCatalogue.UpstreamDnsFailed, NothingSent: true),
        HttpRequestError.ConnectionError when error.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut } =>
            new UpstreamResult(ErrorCatalogue.UpstreamConnectTimeout, NothingSent: true),
        HttpRequestError.ConnectionError => new UpstreamResult(ErrorCatalogue.UpstreamConnectFailed, NothingSent: true),
        HttpRequestError.SecureConnectionError => new UpstreamResult(ErrorCatalogue.UpstreamTlsFailed, NothingSent: true),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
            new UpstreamResult(ErrorCatalogue.UpstreamResponseInvalid, NothingSent: false),
        HttpRequestError.ConfigurationLimitExceeded => new UpstreamResult(ErrorCatalogue.UpstreamResponseHeadTooLarge, NothingSent: false),
        _ => new UpstreamResult(ErrorCatalogue.UpstreamConnectionClosed, NothingSent: false),
    };
}
