namespace Headgate.Gateway.Configuration;

/// <summary>The forms in which errors are written.</summary>
public enum ErrorDialectName
{
    /// <summary>Problem details (RFC 9457).</summary>
    Problem,

    /// <summary><c>{ success, error, meta }</c>.</summary>
    Envelope,

    /// <summary><c>{ error, traceId, timestamp, service }</c>.</summary>
    Service,
}
