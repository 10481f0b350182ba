using System.Text;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.AccessLog;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

public sealed class AccessLogWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headgate-log").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string LogPath => Path.Combine(_folder, "access.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Gateway_WithJsonLog_WritesALinePerRequest()
    {
        var options = new TelemetryOptions { AccessLog = AccessLogFormat.Json, AccessLogPath = LogPath };
        await using (TelemetryHost host = await TelemetryHost.StartAsync(new TestApi().Add("listOrders", "GET /orders").Plan(), options))
        {
            for (int i = 0; i < 20; i++)
                (await host.Client.GetAsync($"/v1/orders?page={i}&token=s3cret", Stop)).Dispose();
        }

        string[] lines = await File.ReadAllLinesAsync(LogPath, Stop);
        Assert.Equal(20, lines.Length);
        Assert.All(lines, (line, i) => Assert.Contains($"\"query\":\"page={i}&token=REDACTED\"", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains("\"operation\":\"listOrders\",\"status\":200,\"bytes\":2,", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dispose_WithQueuedLines_WritesThemAll()
    {
        await using (var writer = new AccessLogWriter(AccessLogTarget.Open(LogPath), TimeProvider.System, NullLogger<AccessLogWriter>.Instance))
        {
            for (int i = 0; i < 5000; i++)
                writer.Append(Encoding.UTF8.GetBytes($"{i} {new string('x', 100)}\n"));
        }

        string[] lines = await File.ReadAllLinesAsync(LogPath, Stop);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i} {new string('x', 100)}"), lines);
    }

    [Fact]
    public async Task Reopen_AfterARename_WritesToANewFile()
    {
        await using (var writer = new AccessLogWriter(AccessLogTarget.Open(LogPath), TimeProvider.System, NullLogger<AccessLogWriter>.Instance))
        {
            writer.Append("before\n"u8);
            await Condition.HoldsAsync(() => writer.Written == 1, Stop);
            File.Move(LogPath, LogPath + ".1");
            writer.Reopen();
            writer.Append("after\n"u8);
        }

        Assert.Equal("before\n", await File.ReadAllTextAsync(LogPath + ".1", Stop));
        Assert.Equal("after\n", await File.ReadAllTextAsync(LogPath, Stop));
    }

    [Fact]
    public async Task Append_WhileTheTargetHangs_DropsCountsAndNeverBlocks()
    {
        using var release = new ManualResetEventSlim();
        var hanging = new HangingStream(release);
        var logger = new RecordingLogger<AccessLogWriter>();
        byte[] line = Encoding.UTF8.GetBytes(new string('x', 1023) + "\n");
        const int Sent = 3 * AccessLogQueue.MaxChunks * 64;

        long dropped;
        await using (var writer = new AccessLogWriter(new AccessLogTarget(null, () => hanging), TimeProvider.System, logger))
        {
            for (int i = 0; i < Sent; i++)
                writer.Append(line);
            dropped = writer.Dropped;
            release.Set();
        }

        Assert.InRange(dropped, Sent - (AccessLogQueue.MaxChunks * 64), Sent - 1);
        Assert.Equal((Sent - dropped) * line.Length, hanging.Bytes);
        Assert.Contains(logger.Messages, message => message.Contains("lines of the access log were dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Target_ThatFails_CostsLinesAndIsOpenedAgain()
    {
        int opened = 0;
        var good = new MemoryStream();
        var logger = new RecordingLogger<AccessLogWriter>();
        var target = new AccessLogTarget("full.log", () => opened++ == 0 ? new BrokenStream() : good);

        await using (var writer = new AccessLogWriter(target, TimeProvider.System, logger))
        {
            writer.Append("lost\n"u8);
            await Condition.HoldsAsync(() => writer.Dropped == 1, Stop);
            writer.Append("kept\n"u8);
        }

        Assert.Equal("kept\n", Encoding.UTF8.GetString(good.ToArray()));
        Assert.Contains(logger.Messages, message => message.Contains("cannot be written to full.log", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_WithAFileThatCannotBeOpened_Throws()
    {
        var options = new TelemetryOptions { AccessLog = AccessLogFormat.Text, AccessLogPath = Path.Combine(_folder, "missing", "access.log") };

        Assert.ThrowsAny<IOException>(() => GatewayTelemetry.Create(options, TimeProvider.System, NullLoggerFactory.Instance));
    }

    private sealed class HangingStream(ManualResetEventSlim release) : MemoryStream
    {
        public long Bytes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            release.Wait();
            Bytes += buffer.Length;
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
