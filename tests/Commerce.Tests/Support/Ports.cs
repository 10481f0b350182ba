using System.Net;
using System.Net.Sockets;

namespace Commerce.Tests.Support;

/// <summary>Ports of this machine.</summary>
internal static class Ports
{
    /// <summary>One that nobody listens on, for an address that must be known before anybody does.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// The number below a range of free ports, below those that the system gives to clients, and above those that the tests of the pages take, which run beside these.
    /// </summary>
    public static int FreeRange(int length)
    {
        while (true)
        {
            var first = Random.Shared.Next(26_000, 32_000 - length);
            if (Enumerable.Range(first, length).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
