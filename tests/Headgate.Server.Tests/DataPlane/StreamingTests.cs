using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>Large and long-lived bodies through the built program: what arrives is what was sent, at once, and memory stays where it was.</summary>
public sealed class StreamingTests
{
    private const int MiB = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ChunkedBodies_Of200MegabytesBothWays_ArriveWholeWithTheirTrailers()
    {
        await using var upstream = new RawServer(AnswerExchangesAsync);
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(upstream);
        await ExchangeAsync(gateway, 200_000_000, seed: 1);
    }

    [Fact]
    public async Task ChunkedBodies_64AtOnce_ArriveWholeWithTheirTrailers()
    {
        await using var upstream = new RawServer(AnswerExchangesAsync);
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(upstream);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(seed => Task.Run(() => ExchangeAsync(gateway, 2_000_000, seed), Stop)));
        Assert.InRange(upstream.Accepted, 1, 64);
    }

    [Fact]
    public async Task Download_OfAGibibyteToASlowClient_TakesLittleMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc.");
        const long Bytes = 1024L * MiB;
        const long FirstPart = 4 * MiB;
        const long MostGrowth = 16 * MiB;
        long sent = 0;
        await using var upstream = new RawServer(connection => SendDownloadAsync(connection, count => Interlocked.Add(ref sent, count)));
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(upstream);
        await DownloadAsync(gateway, 64 * MiB, reader => reader.SkipAsync(64 * MiB));
        long before = gateway.ResidentBytes;
        gateway.ForgetPeak();
        Interlocked.Exchange(ref sent, 0);

        await DownloadAsync(gateway, Bytes, async reader =>
        {
            await reader.SkipAsync(FirstPart);
            await WhenUnchangedAsync(() => Interlocked.Read(ref sent));
            Assert.InRange(Interlocked.Read(ref sent), FirstPart, Bytes / 2);
            Assert.InRange(gateway.ResidentBytes - before, long.MinValue, MostGrowth);
            await reader.SkipAsync(Bytes - FirstPart);
        });

        Assert.Equal(Bytes, Interlocked.Read(ref sent));
        Assert.InRange(gateway.PeakResidentBytes - before, long.MinValue, MostGrowth);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "6\r\ndata: \r\n", "2\r\n\n\n\r\n")]
    [InlineData("", "data: ", "\n\n")]
    public async Task Event_OfAStream_ArrivesAtOnce(string framing, string begin, string end)
    {
        const int Events = 200;
        Channel<long> wanted = Channel.CreateUnbounded<long>();
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{framing}\r\n");

            // Each event after the one before it has arrived: what waits for a next one to push it on would be seen.
            await foreach (long _ in wanted.Reader.ReadAllAsync(Stop))
            {
                string time = Stopwatch.GetTimestamp().ToString("x16", CultureInfo.InvariantCulture);
                await connection.SendAsync(begin + (framing.Length == 0 ? time : $"10\r\n{time}\r\n") + end);
            }
        });
        await using GatewayProcess gateway = await GatewayProcess.StartAsync(upstream);
        using RawConnection client = await gateway.ConnectAsync();
        await client.SendAsync("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);

        var delays = new List<TimeSpan>();
        for (int i = 0; i < Events; i++)
        {
            await wanted.Writer.WriteAsync(i, Stop);
            await client.ReadUntilAsync("data: ");
            string text = (await client.ReadUntilAsync("\n\n"))!;
            TimeSpan now = Stopwatch.GetElapsedTime(long.Parse(Time(text), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            delays.Add(now);
        }

        wanted.Writer.Complete();
        delays.Sort();
        Assert.InRange(delays[Events / 2], TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        Assert.InRange(delays[^1], TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    // The sixteen digits; chunk framing may stand before and behind them.
    private static string Time(string text) => text.Split('\r', '\n').Single(part => part.Length == 16);

    private static async Task ExchangeAsync(GatewayProcess gateway, long bytes, int seed)
    {
        using RawConnection client = await gateway.ConnectAsync();
        await client.SendAsync("POST /exchange HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        await ChunkedSource.WriteAsync(client.Stream, bytes, seed, $"X-Seed: {seed}\r\n");
        var reader = new MessageReader(client.Stream);
        Assert.Equal("HTTP/1.1 200 OK", (await reader.ReadLinesAsync())[0]);
        ReceivedBody body = await reader.ReadChunkedAsync();

        Assert.Equal(bytes, body.Bytes);
        Assert.Equal(body.Trailers["X-Sha256"], body.Sha256);
        Assert.Equal("yes", body.Trailers["X-Upload-Whole"]);
        Assert.Equal($"{bytes}", body.Trailers["X-Upload-Bytes"]);
        Assert.Equal($"{seed}", body.Trailers["X-Upload-Seed"]);
    }

    private static async Task AnswerExchangesAsync(RawConnection connection)
    {
        var reader = new MessageReader(connection.Stream);
        IReadOnlyList<string> head = await reader.ReadLinesAsync();
        Assert.Contains("Transfer-Encoding: chunked", head);
        ReceivedBody upload = await reader.ReadChunkedAsync();
        await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        string seed = upload.Trailers["X-Seed"];
        string isWhole = upload.Trailers["X-Sha256"] == upload.Sha256 ? "yes" : "no";
        string trailers = $"X-Upload-Whole: {isWhole}\r\nX-Upload-Bytes: {upload.Bytes}\r\nX-Upload-Seed: {seed}\r\n";
        await ChunkedSource.WriteAsync(connection.Stream, upload.Bytes, int.Parse(seed, CultureInfo.InvariantCulture) + 1, trailers);
    }

    private static async Task DownloadAsync(GatewayProcess gateway, long bytes, Func<MessageReader, Task> read)
    {
        using RawConnection client = await gateway.ConnectAsync();
        await client.SendAsync($"GET /download?{bytes} HTTP/1.1\r\nHost: a\r\n\r\n");
        var reader = new MessageReader(client.Stream);
        IReadOnlyList<string> head = await reader.ReadLinesAsync();
        Assert.Equal("HTTP/1.1 200 OK", head[0]);
        Assert.Contains($"Content-Length: {bytes}", head);
        await read(reader);
    }

    private static async Task SendDownloadAsync(RawConnection connection, Action<long> sent)
    {
        string head = (await connection.ReadHeadAsync())!;
        long bytes = long.Parse(head.Split('?', ' ')[2], CultureInfo.InvariantCulture);
        await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\nConnection: close\r\n\r\n"));
        byte[] block = new byte[128 * 1024];
        for (long rest = bytes; rest > 0; rest -= block.Length)
        {
            await connection.SendAsync(block);
            sent(block.Length);
        }
    }

    private static async Task WhenUnchangedAsync(Func<long> number)
    {
        const int Looks = 20;
        long last = -1;
        int unchanged = 0;
        await Until.TrueAsync(
            () =>
            {
                long now = number();
                unchanged = now == last ? unchanged + 1 : 0;
                last = now;
                return unchanged >= Looks;
            },
            "the flow stops");
    }
}
