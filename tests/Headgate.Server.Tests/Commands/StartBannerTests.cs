using Headgate.Server.Commands;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Commands;

/// <summary>The admin key is shown to whoever made it, once, and only where nobody else reads it later.</summary>
public sealed class StartBannerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Key_AtATerminal_IsShownAtTheFirstStartAlone()
    {
        string first = await StartAsync(null, hasReader: true);
        string key = (await File.ReadAllTextAsync(_directory.PathOf("data/admin.key"), TestContext.Current.CancellationToken)).Trim();
        Assert.Contains($"  key      {key}  (shown this once; kept in {_directory.PathOf("data/admin.key")})", first, StringComparison.Ordinal);
        string second = await StartAsync(null, hasReader: true);
        Assert.DoesNotContain(key, second, StringComparison.Ordinal);
        Assert.DoesNotContain("  key ", second, StringComparison.Ordinal);
        Assert.Contains("is ready", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhereStandardErrorIsKept_IsNotShown()
    {
        string output = await StartAsync(null, hasReader: false);
        string key = (await File.ReadAllTextAsync(_directory.PathOf("data/admin.key"), TestContext.Current.CancellationToken)).Trim();
        Assert.DoesNotContain(key, output, StringComparison.Ordinal);
        Assert.Contains($"  key      made, in {_directory.PathOf("data/admin.key")}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfTheEnvironment_IsNeverShown()
    {
        Assert.DoesNotContain(TestGateway.AdminKeyText, await StartAsync(TestGateway.AdminKeyText, hasReader: true), StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.PathOf("data/admin.key")));
    }

    private async Task<string> StartAsync(string? key, bool hasReader)
    {
        ServerOptions options = TestGateway.Options(_directory, [_directory.Write("pets.yaml", Samples.Pets)], ["upstream=http://127.0.0.1:9"]);
        using DataDirectory data = DataDirectory.Open(options.DataDirectory);
        await using var host = new GatewayHost(options, data, key, NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), TimeProvider.System);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        new StartBanner(new CommandConsole(output, output, colours: false) { HasReader = hasReader }).WriteAddresses(host);
        await host.StopAsync();
        return output.ToString();
    }
}
