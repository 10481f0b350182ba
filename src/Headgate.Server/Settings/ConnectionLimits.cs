namespace Headgate.Server.Settings;

/// <summary>What clients may cost. Sizes in bytes, rates in bytes per second (0: no minimum).</summary>
internal sealed record ConnectionLimits
{
    public required long Connections { get; init; }

    public required int RequestHeaders { get; init; }

    public required int RequestHeadersSize { get; init; }

    public required int RequestLineSize { get; init; }

    public required long HeldBodies { get; init; }

    public required TimeSpan KeepAliveTimeout { get; init; }

    public required TimeSpan RequestHeadersTimeout { get; init; }

    public required double MinRequestBodyRate { get; init; }

    public required double MinResponseRate { get; init; }

    public required int Http2Streams { get; init; }
}
