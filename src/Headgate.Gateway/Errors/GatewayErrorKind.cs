namespace Headgate.Gateway.Errors;

/// <summary>
/// One entry of the error catalogue: stage and culprit as <paramref name="Name"/>, and the coarser public <paramref name="Code"/>.
/// Declared once in <see cref="ErrorCatalogue"/> or by the feature that can produce it, and documented at <c>docs/errors/NAME.md</c>.
/// </summary>
/// <param name="Name">Stable snake_case name, stage × culprit: <c>upstream_connect_timeout</c>.</param>
/// <param name="Code">The public code: <c>GATEWAY_TIMEOUT</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same short sentence for every occurrence (RFC 9457 §3.1.3).</param>
public sealed record GatewayErrorKind(string Name, string Code, int Status, string Title)
{
    /// <summary>The <c>Proxy-Status</c> error type (RFC 9209 §2.3) for errors on the way to or from an upstream, else null.</summary>
    public string? ProxyStatus { get; init; }

    /// <summary>The <c>type</c> of the problem details: a URN, stable and independent of where the documentation is served.</summary>
    public string TypeUri { get; } = $"urn:headgate:error:{Name.Replace('_', '-')}";
}
