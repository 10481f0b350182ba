using System.Text;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

[Collection("Allocation")]
[CollectionDefinition("Allocation", DisableParallelization = true)]
public class AllocationTests
{
    private const int WarmUp = 3000;
    private const int Measured = 3000;

    // The whole exchange: both test sockets, Kestrel, the test's own application and the header rules; the transport itself has no share in the steady state.
    private const int MostBytesPerRequest = 1200;

    [Fact]
    public async Task SteadyGet_AllocatesLessThanItsBudget()
    {
        byte[] answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nX-A: b\r\n\r\n{\"ok\":true}");
        await using var upstream = new RawServer(connection => RespondAsync(connection, answer));
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        byte[] request = Encoding.ASCII.GetBytes("GET /a HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");
        byte[] buffer = new byte[4096];

        await AskAsync(client, request, buffer, WarmUp);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await AskAsync(client, request, buffer, Measured);
        long perRequest = (GC.GetTotalAllocatedBytes(precise: true) - before) / Measured;

        Assert.InRange(perRequest, 0, MostBytesPerRequest);
    }

    private static async Task AskAsync(RawConnection client, byte[] request, byte[] buffer, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await client.Stream.WriteAsync(request);
            int count = 0;
            while (!buffer.AsSpan(0, count).EndsWith("{\"ok\":true}"u8))
                count += await client.Stream.ReadAsync(buffer.AsMemory(count));
        }
    }

    private static async Task RespondAsync(RawConnection connection, byte[] answer)
    {
        byte[] buffer = new byte[4096];
        while (await connection.Stream.ReadAsync(buffer) > 0)
            await connection.Stream.WriteAsync(answer);
    }
}
