using Headgate.Gateway.Errors;

namespace Headgate.Integration.Events.Ingest;

/// <summary>What can be wrong with requests to the event log.</summary>
public static class EventErrors
{
    /// <summary>An event breaks the rules of its form; of a batch none was taken.</summary>
    public static readonly GatewayErrorKind Invalid = new("event_invalid", "VALIDATION_ERROR", 400, "The event is not valid.");

    /// <summary>An event, or the number of events of a batch, is larger than the log takes.</summary>
    public static readonly GatewayErrorKind TooLarge = new("event_too_large", "PAYLOAD_TOO_LARGE", 413, "The event is too large.");

    /// <summary>A reader goes on from an offset that the log has not reached.</summary>
    public static readonly GatewayErrorKind OffsetUnknown = new("event_offset_unknown", "VALIDATION_ERROR", 400, "The log has no such offset.");

    /// <summary>As many readers wait for events as may.</summary>
    public static readonly GatewayErrorKind WaitersFull = new("event_waiters_full", "SERVICE_UNAVAILABLE", 503, "Too many readers wait for events.");
}
