namespace Headgate.Server.Settings;

/// <summary>The forms of an access log line.</summary>
internal enum AccessLogForm
{
    /// <summary>No line.</summary>
    Off,

    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object.</summary>
    Json,
}
