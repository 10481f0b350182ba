using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Names the failure of an exchange that came to no response head.</summary>
internal static class HeadFailure
{
    public static GatewayErrorKind KindOf(UpstreamConnection connection, RequestUpload? upload, HeadParseStatus status) => connection.CloseReason switch
    {
        CloseReason.DeadlineExpired when upload is { WaitsForClient: true } => ErrorCatalogue.RequestBodyTimeout,
        CloseReason.DeadlineExpired => ErrorCatalogue.UpstreamResponseTimeout,
        CloseReason.ClientGone => ErrorCatalogue.ClientClosedRequest,
        CloseReason.RequestBodyFailed => upload?.ClientError ?? ErrorCatalogue.RequestBodyInvalid,
        _ => status switch
        {
            HeadParseStatus.Invalid => ErrorCatalogue.UpstreamResponseInvalid,
            HeadParseStatus.TooLarge => ErrorCatalogue.UpstreamResponseHeadTooLarge,
            _ => ErrorCatalogue.UpstreamConnectionClosed,
        },
    };
}
