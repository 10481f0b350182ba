using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>Writes one line for each request that ended. Thread-safe.</summary>
internal sealed class RequestAccessLog(AccessLogFormatter formatter, AccessLogWriter writer)
{
    [ThreadStatic]
    private static byte[]? t_buffer;

    public void Write(GatewayContext context, in RequestOutcome outcome)
    {
        var line = new LogLineWriter(t_buffer ??= new byte[AccessLogFields.BufferBytes]);
        formatter.Write(ref line, context, outcome);
        writer.Append(line.Written);
    }
}
