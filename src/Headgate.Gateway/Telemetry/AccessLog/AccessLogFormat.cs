namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>How the access log is written.</summary>
public enum AccessLogFormat
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>One line for people to read.</summary>
    Text,
}
