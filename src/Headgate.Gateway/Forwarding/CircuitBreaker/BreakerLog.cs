using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>Log messages of circuit breakers. Event ids 2200–2204. A breaker changes at most twice in the time for which it stays open.</summary>
internal static partial class BreakerLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Circuit breaker of {Service} opened after {Failures} failures in a row; calls are refused for {OpenFor}")]
    public static partial void Opened(ILogger logger, string service, int failures, TimeSpan openFor);

    [LoggerMessage(2201, LogLevel.Warning, "Circuit breaker of {Service} opened again: the service still fails; calls are refused for {OpenFor}")]
    public static partial void OpenedAgain(ILogger logger, string service, TimeSpan openFor);

    [LoggerMessage(2202, LogLevel.Information, "Circuit breaker of {Service} lets {Probes} calls try whether the service is back")]
    public static partial void HalfOpened(ILogger logger, string service, int probes);

    [LoggerMessage(2203, LogLevel.Information, "Circuit breaker of {Service} closed: the service is back")]
    public static partial void Closed(ILogger logger, string service);
}
