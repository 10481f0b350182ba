using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding;

/// <summary>How one try ended. A value.</summary>
/// <param name="Error">What failed; null when a response head arrived.</param>
/// <param name="MayMoveOn">
/// Whether another instance may be tried: no byte of the request was sent, or it is idempotent, was never answered, and can be sent again whole.
/// </param>
internal readonly record struct UpstreamResult(GatewayErrorKind? Error, bool MayMoveOn)
{
    /// <summary>A response head arrived and stands in the context.</summary>
    public static UpstreamResult Success => default;
}
