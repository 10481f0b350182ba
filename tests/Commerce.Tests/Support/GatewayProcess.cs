using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

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

    /// <param name="document">The document, below the commerce folder.</param>
    /// <param name="arguments">What else it is told.</param>
    public static async Task<GatewayProcess> StartAsync(string document, params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("commerce-gateway-").FullName;
        var start = new ProcessStartInfo(
            Path.Combine(Repository.OutputOf("src/Headgate.Server"), "headgate"),
            ["run", Repository.Commerce(document), "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0", "--data", data, "--validate-responses", .. arguments])
        {
            RedirectStandardError = true,
        };
        var gateway = new GatewayProcess(Process.Start(start)!, data);
        await gateway.ReadyAsync();
        return gateway;
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
        Directory.Delete(_data, recursive: true);
    }

    private async Task ReadyAsync()
    {
        await Task.WhenAny(_ready.Task, _reading);
        if (_ready.Task.IsCompleted)
            return;
        await DisposeAsync();
        Assert.Fail($"The gateway ended: {string.Join('\n', _log)}");
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
