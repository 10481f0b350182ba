using System.Diagnostics;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>Nothing between a client's bytes and the answer's holds the event thread of a socket, on which every other connection waits.</summary>
[Collection("Stalls")]
[CollectionDefinition("Stalls", DisableParallelization = true)]
public sealed class StallTests
{
    private const string Stalls = "headgate_event_thread_stalls_total";
    private const int Connections = 8;
    private const int RequestsPerConnection = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // The first stretches compile the code, which takes long enough to be a stall. After that one without a stall is enough: on a machine without
    // a free processor stalls come now and then, but whatever blocks or computes too long in the pipeline makes them in every stretch.
    [Fact]
    public async Task Load_ThroughTheProgram_StallsNoEventThread()
    {
        await using var upstream = new RawServer(AnswerAsync);
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(upstream);
        long began = Stopwatch.GetTimestamp();
        var stalls = new List<long>();
        do
        {
            long before = await gateway.ReadMetricAsync(Stalls);
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoadAsync(gateway)));
            stalls.Add(await gateway.ReadMetricAsync(Stalls) - before);
        }
        while (stalls[^1] > 0 && Stopwatch.GetElapsedTime(began) < s_patience);

        Assert.True(stalls[^1] == 0, $"Every stretch of {Connections * RequestsPerConnection} requests stalled: {string.Join(", ", stalls)}");
    }

    private static async Task LoadAsync(GatewayProcess gateway)
    {
        string body = new('x', 1024);
        using RawConnection client = await gateway.ConnectAsync();
        for (int i = 0; i < RequestsPerConnection; i++)
        {
            await client.SendAsync(i % 2 == 0
                ? "GET /download?page=1 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n"
                : $"POST /exchange HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.StartsWith("HTTP/1.1 200 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
            Assert.Equal("hello", await client.ReadExactlyAsync(5));
        }
    }

    private static async Task AnswerAsync(RawConnection connection)
    {
        while (await connection.ReadHeadAsync() is { } head)
        {
            if (head.StartsWith("POST", StringComparison.Ordinal))
                await connection.ReadExactlyAsync(1024);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        }
    }
}
