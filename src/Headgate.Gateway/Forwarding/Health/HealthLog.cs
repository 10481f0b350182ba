using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Health;

/// <summary>Log messages of the health of instances. Event ids 2210–2219. An instance is ejected at most once in the time for which it is left out.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(2210, LogLevel.Warning, "Instance {Instance} of {Service} is left out for {Time} after {Failures} failures; {Out} of {Count} are out")]
    public static partial void Ejected(ILogger logger, Uri instance, string service, TimeSpan time, int failures, int @out, int count);

    [LoggerMessage(2211, LogLevel.Warning, "Instance {Instance} of {Service} is unhealthy after {Checks} bad checks: {Reason}; {Out} of {Count} are out")]
    public static partial void Unhealthy(ILogger logger, Uri instance, string service, int checks, string reason, int @out, int count);

    [LoggerMessage(2212, LogLevel.Information, "Instance {Instance} of {Service} is healthy again after {Checks} good checks")]
    public static partial void Healthy(ILogger logger, Uri instance, string service, int checks);

    [LoggerMessage(2213, LogLevel.Error, "A health check failed to run")]
    public static partial void CheckFailed(ILogger logger, Exception exception);
}
