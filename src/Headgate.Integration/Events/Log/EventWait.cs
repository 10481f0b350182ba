namespace Headgate.Integration.Events.Log;

/// <summary>How waiting for an event ended.</summary>
public enum EventWait
{
    /// <summary>There is one to be read.</summary>
    Appended,

    /// <summary>None came in time, or who waited has gone.</summary>
    TimedOut,

    /// <summary>As many wait already as may, of all or of this caller.</summary>
    Refused,
}
