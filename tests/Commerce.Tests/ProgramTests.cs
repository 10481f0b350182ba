using System.Net;
using System.Net.Sockets;
using Commerce.Tests.Support;

namespace Commerce.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"commerce-tests-{Guid.NewGuid():N}");

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Run_AllServices_PrintsEachAndStopsCleanlyOnASignal(string signal)
    {
        await using var program = await CommerceProcess.Start("--data", _data, "--port-base", "0").ListeningAsync(9);
        using var client = new HttpClient();
        foreach (var address in program.Addresses.Values)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "/health"), TestContext.Current.CancellationToken)).StatusCode);

        await program.SignalAsync(signal);

        Assert.Equal((0, ""), (await program.ExitCodeAsync(), program.Errors));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(program.Addresses["user-service"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_OneService_IsThatOneAtItsPort()
    {
        var portBase = Ports.Free() - 3;
        await using var program = await CommerceProcess.Start("--data", _data, "--service", "inventory", "--port-base", $"{portBase}").ListeningAsync(1);

        Assert.Equal(new Uri($"http://127.0.0.1:{portBase + 3}"), program.Addresses["inventory-service"]);
        await program.SignalAsync("TERM");
        Assert.Equal(0, await program.ExitCodeAsync());
    }

    [Fact]
    public async Task Run_PortInUse_IsOneLineAndExitCode2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await RefusedAsync($"Port {port} on 127.0.0.1 is in use", "--data", _data, "--service", "order-service", "--port-base", $"{port - 4}");
    }

    [Fact]
    public async Task Run_DataDirectoryThatCannotBeWritten_IsOneLineAndExitCode2()
    {
        await File.WriteAllTextAsync(_data, "a file, where a directory is wanted", TestContext.Current.CancellationToken);
        await RefusedAsync("cannot be written. Choose another with --data", "--data", Path.Combine(_data, "sub"), "--port-base", "0");
    }

    [Theory]
    [InlineData("There is no service 'nothing'", "--service", "nothing")]
    [InlineData("--host must be an IP address", "--host", "nowhere")]
    [InlineData("--frob", "--frob")]
    [InlineData("--events must be a URL", "--events", "nowhere")]
    [InlineData("'x'", "--port-base", "x")]
    public async Task Run_BadArgument_IsOneLineAndExitCode2(string message, params string[] arguments) =>
        await RefusedAsync(message, ["--data", _data, .. arguments]);

    [Fact]
    public async Task Help_ListsTheOptionsAndExitsWith0()
    {
        await using var program = CommerceProcess.Start("--help");
        var text = await program.RestOfOutputAsync();

        Assert.Equal(0, await program.ExitCodeAsync());
        Assert.All(new[] { "--service", "--data", "--host", "--port-base" }, option => Assert.Contains(option, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_MadeAtFirstStart_AreTheOwnersAloneAndStay()
    {
        await using var first = await Shared.Hosting.CommerceHost.StartAsync(Options(), TestContext.Current.CancellationToken);
        var key = first.ServiceKey;
        await first.DisposeAsync();
        await using var second = await Shared.Hosting.CommerceHost.StartAsync(Options(), TestContext.Current.CancellationToken);

        Assert.Equal(key, second.ServiceKey);
        var files = Directory.GetFiles(Path.Combine(_data, "secrets"));
        Assert.Contains(files, file => Path.GetFileName(file) == "user-service-signing-key.pem");
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task ServiceKey_FromTheEnvironment_IsUsedAndNotWritten()
    {
        var options = Options() with { Environment = name => name == "COMMERCE_SERVICE_KEY" ? "given" : null };
        await using var host = await Shared.Hosting.CommerceHost.StartAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal("given", host.ServiceKey);
        Assert.False(File.Exists(Path.Combine(_data, "secrets", "COMMERCE_SERVICE_KEY")));
    }

    public void Dispose()
    {
        if (Directory.Exists(_data))
            Directory.Delete(_data, recursive: true);
        File.Delete(_data);
    }

    private Shared.Hosting.CommerceOptions Options() => new()
    {
        DataDirectory = _data,
        PortBase = 0,
        PasswordIterations = 500,
        Environment = _ => null,
    };

    private static async Task RefusedAsync(string message, params string[] arguments)
    {
        await using var program = CommerceProcess.Start(arguments);

        Assert.Equal(2, await program.ExitCodeAsync());
        await program.RestOfOutputAsync();
        Assert.Contains(message, program.Errors, StringComparison.Ordinal);
        Assert.Single(program.Errors.Split('\n'));
    }
}
