using System.Text;
using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Commands.Top;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Commands.Top;

/// <summary><c>headgate top</c> over a real instance.</summary>
public class TopCommandTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_AsJson_IsOneObject()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        await gateway.Client.GetStringAsync("/pets", Stop);
        (int exitCode, string output) = await InstanceCommand.RunAsync(gateway, "top", "--once", "--interval", "100ms", "--format", "json");
        Assert.Equal(ExitCodes.Success, exitCode);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal("listPets", report.GetProperty("operations")[0].GetProperty("operation").GetString());
        Assert.InRange(report.GetProperty("seconds").GetDouble(), 0.05, 60);
        (exitCode, output) = await InstanceCommand.RunAsync(gateway, "top", "--once", "--interval", "100ms");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("listPets", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("--interval", "99ms")]
    [InlineData("--interval", "soon")]
    [InlineData("--interval", "2h")]
    [InlineData("--rows", "0")]
    [InlineData("--sort", "size")]
    public async Task Argument_ThatIsNone_IsRefused(string option, string value)
    {
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(["top", "--once", option, value], new CommandConsole(output, output, colours: false), Stop));
    }

    [Fact]
    public async Task Once_WithoutAnInstance_SaysSo()
    {
        using var directory = new TemporaryDirectory();
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(["top", "--once", "--data", directory.Path], new CommandConsole(output, output, colours: false), Stop));
        Assert.StartsWith("headgate: No instance runs with the data directory", output.ToString(), StringComparison.Ordinal);
    }

    // One that restarts takes another port: the data directory tells which.
    [Fact]
    public async Task Instance_ThatRestarts_IsFoundAgain_AndTheEndIsASuccess()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        using var screen = new Screen();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        ServerOptions options = TestGateway.Options(directory, [directory.Write("pets.yaml", Samples.Pets)], [$"upstream={upstream.Url}"]);
        using DataDirectory data = DataDirectory.Open(options.DataDirectory);
        var target = new AdminTarget(data.Path, null, new CommandConsole(screen, screen, colours: false));
        Task<int> watching = new TopLoop(target, new TopOptions(s_interval, TopSort.Requests, 10, Once: false, Json: true), TimeProvider.System).RunAsync(ended.Token);
        await Until.TrueAsync(() => screen.ToString().Contains("It is looked for again.", StringComparison.Ordinal), "there is no instance yet");
        for (int i = 1; i <= 2; i++)
        {
            using var levels = new LogLevelSwitch(TimeProvider.System);
            await using var host = new GatewayHost(options, data, TestGateway.AdminKeyText, NullLoggerFactory.Instance, levels, TimeProvider.System);
            await host.StartAsync(Stop);
            int before = screen.Reports;
            await Until.TrueAsync(() => screen.Reports > before, $"instance {i} is shown");
            await host.StopAsync();
        }

        await ended.CancelAsync();
        Assert.Equal(ExitCodes.Success, await watching);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Program_Signalled_EndsAsASuccess(string signal)
    {
        using var directory = new TemporaryDirectory();
        await using ProgramProcess program = ProgramProcess.Start(directory.Path, null, "top", "--interval", "100ms");
        await program.WaitForErrorAsync("It is looked for again.");
        program.Signal(signal);
        Assert.Equal(ExitCodes.Success, (await program.WaitAsync()).ExitCode);
    }

    // What is left of a longer screen before must not stay below or beside.
    [Fact]
    public async Task Terminal_IsWrittenInPlace()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        using var screen = new Screen();
        var target = new AdminTarget(gateway.DataDirectory, null, new CommandConsole(screen, screen, colours: false) { Terminal = () => (40, 9) });
        Assert.Equal(ExitCodes.Success, await new TopLoop(target, new TopOptions(s_interval, TopSort.Requests, 10, Once: true, Json: false), TimeProvider.System).RunAsync(Stop));
        string text = screen.ToString();
        Assert.StartsWith("\e[H", text, StringComparison.Ordinal);
        Assert.EndsWith("\e[J", text, StringComparison.Ordinal);
        string[] lines = text["\e[H".Length..].Split('\n')[..^1];
        Assert.InRange(lines.Length, 1, 8);
        Assert.All(lines, line => Assert.True(line.EndsWith("\e[K", StringComparison.Ordinal) && line.Length <= 40 + "\e[K".Length, line));
    }

    /// <summary>What was written, while it is written.</summary>
    private sealed class Screen : TextWriter
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public int Reports => ToString().Split("\"requestsPerSecond\":").Length;

        public override void Write(char value)
        {
            lock (_lock)
                _text.Append(value);
        }

        public override string ToString()
        {
            lock (_lock)
                return _text.ToString();
        }
    }
}
