using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>Writes the line of a request that ended. Allocates nothing. Thread-safe.</summary>
internal abstract class AccessLogFormatter(QueryRedactor redactor)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    protected QueryRedactor Redactor { get; } = redactor;

    /// <summary>Writes the line, its line feed included.</summary>
    public abstract void Write(ref LogLineWriter line, GatewayContext context, in RequestOutcome outcome);

    protected static long Microseconds(GatewayContext context, long ticks) =>
        (long)((Int128)ticks * MicrosecondsPerSecond / context.Clock.TimestampFrequency);
}
