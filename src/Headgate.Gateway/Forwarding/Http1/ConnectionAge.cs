namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Whether a connection has lived or been idle for as long as it may.</summary>
internal static class ConnectionAge
{
    public static bool IsTooOld(UpstreamConnection connection, long now, SocketTransportOptions options, TimeProvider time) =>
        time.GetElapsedTime(connection.CreatedAt, now) >= options.MaxLifetime;

    public static bool IsIdleForTooLong(UpstreamConnection connection, long now, SocketTransportOptions options, TimeProvider time)
    {
        TimeSpan limit = options.IdleLifetime;

        // The upstream closes after its own time: being a second earlier avoids the race with the next request.
        if (connection.KeepAliveSeconds > 0 && TimeSpan.FromSeconds(connection.KeepAliveSeconds - 1) is var announced && announced < limit)
            limit = announced;
        return time.GetElapsedTime(connection.IdleSince, now) >= limit;
    }
}
