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
            return new UpstreamResult(ErrorCatalogue.ClientClosedRequest, MayMoveOn: false);
        if (content?.ClientError is { } clientError)
            return new UpstreamResult(clientError, MayMoveOn: false);
        return error switch
        {
            OperationCanceledException { InnerException: TimeoutException } => new UpstreamResult(ErrorCatalogue.UpstreamConnectTimeout, MayMoveOn: true),
            OperationCanceledException => new UpstreamResult(
                content is { WaitsForClient: true } ? ErrorCatalogue.RequestBodyTimeout : ErrorCatalogue.UpstreamResponseTimeout,
                MayMoveOn: false),
            HttpRequestException request => ResultOf(request),
            _ => new UpstreamResult(ErrorCatalogue.UpstreamConnectionClosed, MayMoveOn: false),
        };
    }

    private static UpstreamResult ResultOf(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new UpstreamResult(ErrorCatalogue.UpstreamDnsFailed, MayMoveOn: true),
        HttpRequestError.ConnectionError when error.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut } =>
            new UpstreamResult(ErrorCatalogue.UpstreamConnectTimeout, MayMoveOn: true),
        HttpRequestError.ConnectionError => new UpstreamResult(ErrorCatalogue.UpstreamConnectFailed, MayMoveOn: true),
        HttpRequestError.SecureConnectionError => new UpstreamResult(ErrorCatalogue.UpstreamTlsFailed, MayMoveOn: true),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.VersionNegotiationError =>
            new UpstreamResult(ErrorCatalogue.UpstreamResponseInvalid, MayMoveOn: false),
        HttpRequestError.ConfigurationLimitExceeded => new UpstreamResult(ErrorCatalogue.UpstreamResponseHeadTooLarge, MayMoveOn: false),
        _ => new UpstreamResult(ErrorCatalogue.UpstreamConnectionClosed, MayMoveOn: false),
    };
}
