using Microsoft.AspNetCore.Connections;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>Counts the connections of clients, as a connection middleware of Kestrel. Thread-safe.</summary>
internal sealed class ClientConnections
{
    private long _open;
    private long _accepted;

    public long Open => Volatile.Read(ref _open);

    public long Accepted => Volatile.Read(ref _accepted);

    public ConnectionDelegate Count(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Increment(ref _open);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
