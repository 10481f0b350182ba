namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Why Headgate itself closed an upstream connection; the first reason stands.</summary>
internal enum CloseReason
{
    /// <summary>It did not: if the connection is broken, the upstream broke it.</summary>
    None,

    /// <summary>A stage took longer than it may.</summary>
    DeadlineExpired,

    /// <summary>The client went away.</summary>
    ClientGone,

    /// <summary>The client's body cannot be sent on to its end.</summary>
    RequestBodyFailed,

    /// <summary>The exchange is over and the connection cannot be used again.</summary>
    NotReusable,

    /// <summary>Idle for too long, too old, or the pool is closed.</summary>
    Retired,
}
