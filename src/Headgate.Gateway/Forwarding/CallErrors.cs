using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Forwarding;

/// <summary>The errors with which Headgate itself refuses to call a service.</summary>
internal static class CallErrors
{
    /// <summary>The service failed several times in a row, and is left alone for a while.</summary>
    public static readonly GatewayErrorKind CircuitBreakerOpen =
        new("circuit_breaker_open", "CIRCUIT_BREAKER_OPEN", 503, "The upstream service is left alone for a while after it failed.") { ProxyStatus = "destination_unavailable" };

    /// <summary>Neither the request nor any answer has a value with which a service is called.</summary>
    public static readonly GatewayErrorKind ValueMissing =
        new("call_value_missing", "BAD_GATEWAY", 502, "A value is missing with which a service is to be called.");

    /// <summary>As many calls are under way, and wait, as may.</summary>
    public static readonly GatewayErrorKind BulkheadFull =
        new("bulkhead_full", "SERVICE_UNAVAILABLE", 503, "Too many calls to the upstream service are under way at once.") { ProxyStatus = "connection_limit_reached" };
}
