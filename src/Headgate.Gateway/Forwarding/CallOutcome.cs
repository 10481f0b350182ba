namespace Headgate.Gateway.Forwarding;

/// <summary>What one try says of the service, for whoever counts failures: breakers and the ejection of instances.</summary>
internal enum CallOutcome
{
    /// <summary>It says nothing: the client left, its request was at fault, or a limit of Headgate's own stood in the way.</summary>
    Neither,

    /// <summary>The service answered.</summary>
    Success,

    /// <summary>No connection, no answer in time, an answer that is none; or it answered with 502, 503 or 504.</summary>
    Failure,
}
