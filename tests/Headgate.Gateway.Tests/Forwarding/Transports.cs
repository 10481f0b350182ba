using Headgate.Gateway.Forwarding;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>The two transports under their names, for tests that hold for both.</summary>
internal static class Transports
{
    public const string Socket = "socket";
    public const string Framework = "framework";

    public static UpstreamTransport Make(string name) => name == Socket
        ? new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System)
        : new FrameworkTransport(new SocketTransportOptions(), TimeProvider.System);
}
