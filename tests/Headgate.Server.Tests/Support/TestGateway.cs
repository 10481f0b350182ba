using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Support;

/// <summary>A real gateway on free ports, in this process, with a data directory of its own.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string AdminKeyText = "a-key-for-tests-only";

    private readonly TemporaryDirectory _directory;
    private readonly Server.Hosting.DataDirectory _data;
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };

    private TestGateway(GatewayHost host, Server.Hosting.DataDirectory data, TemporaryDirectory directory)
    {
        (Host, _data, _directory) = (host, data, directory);
        Client = new HttpClient(_handler) { BaseAddress = new Uri(host.Addresses[0].ToString().Replace("h2c://", "http://", StringComparison.Ordinal)) };
        Admin = new HttpClient { BaseAddress = new Uri(host.AdminAddress.ToString()) };
    }

    public GatewayHost Host { get; }

    /// <summary>A client of the data plane.</summary>
    public HttpClient Client { get; }

    /// <summary>The data directory, from which commands learn the address and the key.</summary>
    public string DataDirectory => _data.Path;

    /// <summary>A client of the admin listener, without the key.</summary>
    public HttpClient Admin { get; }

    public static async Task<TestGateway> StartAsync(string document, Uri upstream, params string[] settings)
    {
        var directory = new TemporaryDirectory();
        ServerOptions options = Options(directory, [document], [$"upstream={upstream}", .. settings]);
        return await StartAsync(options, directory);
    }

    public static async Task<TestGateway> StartAsync(ServerOptions options, TemporaryDirectory directory, ILoggerFactory? loggers = null, Action<GatewayHost>? before = null, TimeProvider? time = null)
    {
        var data = Server.Hosting.DataDirectory.Open(options.DataDirectory);
        await File.WriteAllTextAsync(Path.Combine(data.Path, "admin.key"), AdminKeyText, TestContext.Current.CancellationToken);
        var host = new GatewayHost(options, data, AdminKeyText, loggers ?? NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), time ?? TimeProvider.System);
        before?.Invoke(host);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(host, data, directory);
    }

    /// <summary>Settings on free ports with a data directory in the test's own; each further one as KEY=VALUE.</summary>
    public static ServerOptions Options(TemporaryDirectory directory, string[] documents, string[] settings)
    {
        string[] all = ["data=" + directory.PathOf("data"), "admin=http://127.0.0.1:0", .. settings];
        if (!all.Any(setting => setting.StartsWith("listen=", StringComparison.Ordinal)))
            all = ["listen=http://127.0.0.1:0", .. all];
        var problems = new List<SettingProblem>();
        IEnumerable<(string, SettingText)> flags = documents.Select(path => ("documents", new SettingText(path, "FILE")))
            .Concat(all.Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], new SettingText(parts[1], parts[0]))));
        SettingValues values = SettingSources.Read(flags, new Dictionary<string, string>(), null, problems);
        ServerOptions? options = new ServerOptionsBinder(values, problems).Bind();
        Assert.Empty(problems);
        return options!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Admin.Dispose();
        _handler.Dispose();
        await Host.DisposeAsync();
        _data.Dispose();
        _directory.Dispose();
    }
}
