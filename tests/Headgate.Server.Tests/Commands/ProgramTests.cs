using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

/// <summary>The built program as its users meet it: exit codes, signals, and what it leaves behind.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("validate", "--nonsense")]
    [InlineData("validate", "--format", "xml", "api.yaml")]
    [InlineData("run")]
    [InlineData("run", "pets.yaml", "--drain-timeout", "soon")]
    [InlineData("store")]
    [InlineData("store", "backup")]
    public async Task Program_CalledWrongly_Exits2(params string[] arguments) =>
        Assert.Equal(2, (await ProgramProcess.RunAsync(_directory.Path, arguments)).ExitCode);

    [Fact]
    public async Task Run_WithoutAnyGoodDocument_Exits1WithTheDiagnostics()
    {
        _directory.Write("broken.yaml", Samples.Broken);
        (int exitCode, _, string error) = await ProgramProcess.RunAsync(_directory.Path, "run", "broken.yaml", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.Contains("error HG1008 broken.yaml:3:1", error, StringComparison.Ordinal);
        Assert.Contains("No document can be served: broken.yaml.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithOneBrokenDocumentOfTwo_ServesTheOther()
    {
        _directory.Write("broken.yaml", Samples.Broken);
        await using ProgramProcess program = Start("broken.yaml");
        await program.WaitForClientsAsync();
        Assert.Contains("BROKEN   broken.yaml", program.Error, StringComparison.Ordinal);
        Assert.Contains("serving  pets.yaml: Pets 1, 1 operation under /", program.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StrictWithOneBrokenDocumentOfTwo_Exits1()
    {
        _directory.Write("broken.yaml", Samples.Broken);
        await using ProgramProcess program = Start("broken.yaml", "--strict");
        (int exitCode, _, string error) = await program.WaitAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("broken.yaml cannot be served, and --strict refuses", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Run_Signalled_DrainsAndExits0AndLeavesNoRunFile(string signal)
    {
        await using ProgramProcess program = Start();
        await program.WaitForClientsAsync();
        Assert.True(File.Exists(_directory.PathOf("data/run.json")));
        program.Signal(signal);
        Assert.Equal(0, (await program.WaitAsync()).ExitCode);
        Assert.False(File.Exists(_directory.PathOf("data/run.json")));
    }

    [Fact]
    public async Task Run_SignalledTwice_EndsAtOnce()
    {
        var arrived = new TaskCompletionSource();
        await using TestUpstream upstream = await TestUpstream.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using ProgramProcess program = Start("--upstream", upstream.Url.ToString());
        await program.WaitForClientsAsync();
        using var client = new HttpClient();
        Task<string> hanging = client.GetStringAsync(new Uri(await program.WaitForClientsAsync(), "/pets"), TestContext.Current.CancellationToken);
        await arrived.Task;
        program.Signal("TERM");
        await program.WaitForErrorAsync("Draining");
        Assert.False(program.HasExited);
        program.Signal("TERM");
        Assert.Equal(143, (await program.WaitAsync()).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Run_OnATakenPort_Exits2WithOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        await using ProgramProcess program = Start("--listen", address);
        (int exitCode, _, string error) = await program.WaitAsync();
        Assert.Equal(2, exitCode);
        Assert.Equal($"headgate: {address} is in use. Stop the program that holds it, or choose another with --listen URL.", error.Trim());
    }

    [Fact]
    public async Task Run_WithADataDirectoryThatCannotBe_Exits2WithOneLine()
    {
        string file = _directory.Write("file", "");
        _directory.Write("pets.yaml", Samples.Pets);
        (int exitCode, _, string error) = await ProgramProcess.RunAsync(_directory.Path, "run", "pets.yaml", "--upstream", "http://127.0.0.1:9", "--data", file + "/data");
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"headgate: The data directory {file}/data cannot be made:", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Run_WithAStoreThatDoesNotAnswer_Exits2WithOneLine()
    {
        await using ProgramProcess program = Start("--store", "postgres://app:hush@127.0.0.1:9/gate");
        (int exitCode, _, string error) = await program.WaitAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("headgate: The store postgres://app@127.0.0.1:9/gate cannot be reached: ", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Run_WithAnotherInstancesDataDirectory_Exits2()
    {
        await using ProgramProcess first = Start();
        await first.WaitForErrorAsync("is ready");
        await using ProgramProcess second = Start();
        (int exitCode, _, string error) = await second.WaitAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains($"is in use by process {first.Id}", error, StringComparison.Ordinal);
    }

    // What must be in the environment before the process starts is put there by the process itself, under the same id.
    [Theory]
    [InlineData("inline", "1")]
    [InlineData("pool", null)]
    public async Task Run_WithScheduling_HasItsEnvironment(string scheduling, string? expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /proc and completions on event threads.");
        await using ProgramProcess program = Start(ProgramProcess.OwnSwitches, "--scheduling", scheduling);
        await program.WaitForClientsAsync();
        string[] environment = File.ReadAllText($"/proc/{program.Id}/environ").Split('\0');
        const string Name = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=";
        Assert.Equal(expected, environment.FirstOrDefault(variable => variable.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..]);
        Assert.Contains("DOTNET_TieredPGO=1", environment);
    }

    [Fact]
    public async Task StatusAndReload_OfARunningInstance_FindItByItsDataDirectory()
    {
        await using ProgramProcess program = Start("--set", "reload.watch=false");
        await program.WaitForClientsAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.PathOf("data/admin.key")));

        (int exitCode, string output, _) = await ProgramProcess.RunAsync(_directory.Path, "status", "--data", "data");
        Assert.Equal(0, exitCode);
        Assert.Contains("pets.yaml is serving: Pets 1, 1 operations", output, StringComparison.Ordinal);

        _directory.Write("pets.yaml", Samples.Broken);
        (exitCode, output, _) = await ProgramProcess.RunAsync(_directory.Path, "reload", "--data", "data");
        Assert.Equal(1, exitCode);
        Assert.Contains("pets.yaml is serving earlier version", output, StringComparison.Ordinal);

        (exitCode, output, _) = await ProgramProcess.RunAsync(_directory.Path, "status", "--data", "data", "--format", "json");
        Assert.Equal(1, exitCode);
        JsonElement status = JsonDocument.Parse(output).RootElement;
        Assert.False(status.GetProperty("lastReload").GetProperty("succeeded").GetBoolean());
        Assert.NotEmpty(status.GetProperty("documents")[0].GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task Run_WithAnAccessLog_WritesALineForEachRequest()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        string log = _directory.PathOf("access.log");
        await using ProgramProcess program = Start("--upstream", upstream.Url.ToString(), "--access-log", "json:" + log);
        await program.WaitForClientsAsync();
        using var client = new HttpClient();
        Assert.Equal("hello", await client.GetStringAsync(new Uri(await program.WaitForClientsAsync(), "/pets?token=secret"), TestContext.Current.CancellationToken));
        program.Signal("TERM");
        Assert.Equal(0, (await program.WaitAsync()).ExitCode);
        string line = Assert.Single(File.ReadAllLines(log));
        Assert.Contains("listPets", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FormatJson_AnnouncesItselfOnOneLine()
    {
        await using ProgramProcess program = Start("--format", "json");
        await Until.TrueAsync(() => File.Exists(_directory.PathOf("data/run.json")), "the instance runs");
        program.Signal("TERM");
        (int exitCode, string output, _) = await program.WaitAsync();
        Assert.Equal(0, exitCode);
        JsonElement report = JsonDocument.Parse(Assert.Single(output.Trim().Split('\n'))).RootElement;
        Assert.Equal(program.Id, report.GetProperty("processId").GetInt32());
        Assert.StartsWith("http://127.0.0.1:", report.GetProperty("listen")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DocumentMendedLater_IsServedFromThenOn()
    {
        _directory.Write("broken.yaml", Samples.Broken);
        await using ProgramProcess program = Start("broken.yaml");
        await program.WaitForClientsAsync();
        _directory.Write("broken.yaml", Samples.Pets.Replace("pets", "owners", StringComparison.Ordinal));
        await program.WaitForErrorAsync("without errors; plan 2 is in force");
        Assert.Equal(0, (await ProgramProcess.RunAsync(_directory.Path, "status", "--data", "data")).ExitCode);
    }

    [Fact]
    public async Task Run_OnSighup_Reloads()
    {
        await using ProgramProcess program = Start("--set", "reload.watch=false");
        await program.WaitForClientsAsync();
        _directory.Write("pets.yaml", Samples.PetsAndOwners);
        program.Signal("HUP");
        await program.WaitForErrorAsync("Reloaded by signal");
        Assert.False(program.HasExited);
    }

    private ProgramProcess Start(params string[] further) => Start(environment: null, further);

    private ProgramProcess Start(IReadOnlyDictionary<string, string?>? environment, params string[] further)
    {
        _directory.Write("pets.yaml", Samples.Pets);
        string[] listen = further.Contains("--listen") ? [] : ["--listen", "http://127.0.0.1:0"];
        string[] upstream = further.Contains("--upstream") ? [] : ["--upstream", "http://127.0.0.1:9"];
        return ProgramProcess.Start(_directory.Path, environment, ["run", "pets.yaml", "--data", "data", "--admin", "http://127.0.0.1:0", .. listen, .. upstream, .. further]);
    }
}
