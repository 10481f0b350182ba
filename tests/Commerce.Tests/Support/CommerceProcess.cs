using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Headgate.TestSupport;

namespace Commerce.Tests.Support;

/// <summary>The commerce program as a process of its own, to be stopped and killed like one.</summary>
internal sealed partial class CommerceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private Task<string>? _restOfOutput;

    private CommerceProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    public Dictionary<string, Uri> Addresses { get; } = [];

    public string Errors => string.Join('\n', _errors).Trim();

    public static CommerceProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "commerce.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ShortLived.ApplyTo(start.Environment);
        return new CommerceProcess(Process.Start(start)!);
    }

    /// <summary>Reads the lines that say where services listen, until <paramref name="count"/> of them do.</summary>
    public async Task<CommerceProcess> ListeningAsync(int count)
    {
        while (Addresses.Count < count)
        {
            var line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.True(line is not null, $"The program ended: {Errors}");
            if (ListensLine().Match(line) is { Success: true } match)
                Addresses[match.Groups[1].Value] = new Uri(match.Groups[2].Value);
        }

        // Somebody has to read what it logs: a pipe that is full would hold it up.
        _ = RestOfOutputAsync();
        return this;
    }

    /// <summary>What it writes until its end, from where nobody has read yet.</summary>
    public Task<string> RestOfOutputAsync() => _restOfOutput ??= _process.StandardOutput.ReadToEndAsync();

    public void Kill() => _process.Kill();

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await (_restOfOutput ?? Task.CompletedTask);
        _process.Dispose();
    }

    [GeneratedRegex("^([a-z-]+) listens on (http://[0-9.:]+)$")]
    private static partial Regex ListensLine();
}
