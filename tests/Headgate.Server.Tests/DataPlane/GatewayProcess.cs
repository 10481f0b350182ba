using System.Globalization;
using System.Text.RegularExpressions;
using Headgate.Server.Hosting;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>The built program in front of an upstream of the test's own process, with a document that lets large streams pass.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Streams, version: "1" }
        x-gateway-config: { limits: { requestBody: 4GiB } }
        paths:
          /exchange:
            post: { operationId: exchange, responses: { "200": { description: ok } } }
          /download:
            get: { operationId: download, responses: { "200": { description: ok } } }
          /events:
            get: { operationId: watch, responses: { "200": { description: ok } } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly ProgramProcess _program;
    private Uri? _clients;

    private GatewayProcess(Uri upstream)
    {
        _directory.Write("streams.yaml", Document);
        _program = ProgramProcess.Start(_directory.Path, ProgramProcess.OwnSwitches,
            "run", "streams.yaml", "--upstream", upstream.ToString(), "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", "data");
    }

    /// <summary>The memory that the process has in use, in bytes.</summary>
    public long ResidentBytes => ReadMemory("VmRSS");

    /// <summary>The most memory that the process had in use since <see cref="ForgetPeak"/>, in bytes.</summary>
    public long PeakResidentBytes => ReadMemory("VmHWM");

    public static async Task<GatewayProcess> StartAsync(RawServer upstream)
    {
        var gateway = new GatewayProcess(upstream.Url);
        gateway._clients = await gateway._program.WaitForClientsAsync();
        return gateway;
    }

    public Task<RawConnection> ConnectAsync() => RawConnection.ConnectAsync(_clients!);

    /// <summary>The value of a metric without labels.</summary>
    public async Task<long> ReadMetricAsync(string name)
    {
        using var admin = new HttpClient { BaseAddress = new Uri(RunFile.Read(_directory.PathOf("data"))!.Admin) };
        string metrics = await admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        string line = metrics.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return long.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    // proc_pid_clear_refs(5): 5 sets the peak to what is in use now.
    public void ForgetPeak() => File.WriteAllText($"/proc/{_program.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _directory.Dispose();
    }

    private long ReadMemory(string name)
    {
        string line = File.ReadLines($"/proc/{_program.Id}/status").Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
