using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding;

/// <summary>How one try ended. A value.</summary>
/// <param name="Error">What failed; null when a response head arrived.</param>
/// <param name="NothingSent">Whether the instance certainly has not seen any byte of the request, so that another may be tried whatever the method.</param>
internal readonly record struct UpstreamResult(GatewayErrorKind? Error, bool NothingSent)
{
    /// <summary>A response head arrived and stands in the context.</summary>
    public static UpstreamResult Success => default;
}
