namespace Headgate.Gateway.Configuration;

/// <summary>A failure after which a call may be repeated.</summary>
public enum RetryableError
{
    /// <summary>No connection.</summary>
    Connect,

    /// <summary>The connection broke before an answer.</summary>
    Reset,

    /// <summary>No answer in time.</summary>
    Timeout,
}
