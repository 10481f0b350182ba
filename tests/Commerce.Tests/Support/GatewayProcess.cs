using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Headgate.TestSupport;

namespace Commerce.Tests.Support;

/// <summary>The gateway as a process of its own, which holds the answers of a service to a document.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _data;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private Uri _admin = null!;

    private GatewayProcess(Process process, string data)
    {
        (_process, _data) = (process, data);
        _reading = ReadAsync();
    }

    /// <summary>Where it serves clients.</summary>
    public Uri Clients { get; private set; } = null!;

    /// <summary>What it found wrong with answers, as it logged it.</summary>
    public string Findings => string.Join('\n', _log.Where(line => line.Contains("breaks the document", StringComparison.Ordinal)));

    /// <summary>Whether its data go with it.</summary>
    public bool KeepsData { get; init; }

    /// <param name="document">The document, below the commerce folder.</param>
    /// <param name="arguments">What else it is told.</param>
    public static Task<GatewayProcess> StartAsync(string document, params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("commerce-gateway-").FullName;
        return ReadyAsync(new GatewayProcess(Run(document, data, "http://127.0.0.1:0", arguments), data));
    }

    /// <summary>The same on data and at an address that outlive it, so that another can be started in its place.</summary>
    public static Task<GatewayProcess> StartAsync(string document, string data, Uri address, params string[] arguments) =>
        ReadyAsync(new GatewayProcess(Run(document, data, address.ToString().TrimEnd('/'), arguments), data) { KeepsData = true });

    /// <summary>Runs a command of the gateway's own program that asks this one.</summary>
    /// <returns>Its exit code, and what it wrote to standard output.</returns>
    public async Task<(int ExitCode, string Output)> AskAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, [.. arguments, "--data", _data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        ShortLived.ApplyTo(start.Environment);
        using var command = Process.Start(start)!;
        var errors = command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await command.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, output);
    }

    /// <summary>Asks its admin API, as its commands do, without a process for each question.</summary>
    public async Task<JsonNode> AdministerAsync(string path, object body)
    {
        using var client = new HttpClient { BaseAddress = _admin };
        client.DefaultRequestHeaders.Add("X-Admin-Key", (await File.ReadAllTextAsync(Path.Combine(_data, "admin.key"), TestContext.Current.CancellationToken)).Trim());
        using var reply = await client.PostAsJsonAsync($"/admin/v1{path}", body, TestContext.Current.CancellationToken);
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The sum of a metric's series, of those with a label's value where one is named.</summary>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        using var client = new HttpClient { BaseAddress = _admin };
        var text = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return text.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        if (!KeepsData)
            Directory.Delete(_data, recursive: true);
    }

    private static string Program => Path.Combine(Repository.OutputOf("src/Headgate.Server"), "headgate");

    private static Process Run(string document, string data, string listen, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Program,
            ["run", Repository.Commerce(document), "--listen", listen, "--admin", "http://127.0.0.1:0", "--data", data, "--validate-responses", .. arguments])
        {
            RedirectStandardError = true,
        };
        ShortLived.ApplyTo(start.Environment);
        return Process.Start(start)!;
    }

    private static async Task<GatewayProcess> ReadyAsync(GatewayProcess gateway)
    {
        await Task.WhenAny(gateway._ready.Task, gateway._reading);
        if (gateway._ready.Task.IsCompleted)
            return gateway;
        await gateway.DisposeAsync();
        Assert.Fail($"The gateway ended: {string.Join('\n', gateway._log)}");
        return gateway;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _log.Enqueue(line);
            if (AddressLine().Match(line) is not { Success: true } match)
                continue;
            var address = new Uri(match.Groups[2].Value);
            if (match.Groups[1].Value == "clients")
            {
                Clients = address;
                continue;
            }

            // The last line of the banner.
            _admin = address;
            _ready.TrySetResult();
        }
    }

    [GeneratedRegex("^  (clients|admin)  +(http://[0-9.:]+)")]
    private static partial Regex AddressLine();
}
