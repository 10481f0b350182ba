namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The stages of a call to an upstream, as values of the label <c>stage</c>.</summary>
internal enum UpstreamStage
{
    /// <summary>From the choice of the instance to a connection that is ready.</summary>
    Connect,

    /// <summary>From there to the complete response head.</summary>
    Head,

    /// <summary>From there to the last byte of the response body.</summary>
    Body,
}
