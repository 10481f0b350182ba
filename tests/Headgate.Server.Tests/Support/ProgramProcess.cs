using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Support;

/// <summary>The built program as a process of its own.</summary>
internal sealed partial class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;
    private readonly Task _errorDone;

    private ProgramProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _errorDone = ReadErrorAsync();
    }

    /// <summary>The environment of a program that sets the runtime's switches itself, as one that is started by hand and serves for long.</summary>
    public static IReadOnlyDictionary<string, string?> OwnSwitches { get; } = ShortLived.Environment.Keys.ToDictionary(name => name, _ => (string?)null);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <param name="workingDirectory">Where it starts.</param>
    /// <param name="environment">What it finds in its environment beside the switches of <see cref="ShortLived"/>; <see langword="null"/> takes a variable away.</param>
    /// <param name="arguments">The words behind the program's name.</param>
    public static ProgramProcess Start(string workingDirectory, IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "headgate"), arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("HEADGATE", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        ShortLived.ApplyTo(start.Environment);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string workingDirectory, params string[] arguments)
    {
        await using ProgramProcess program = Start(workingDirectory, null, arguments);
        return await program.WaitAsync();
    }

    public Task WaitForErrorAsync(string text) => Until.TrueAsync(() => Error.Contains(text, StringComparison.Ordinal) || HasExited, $"standard error has '{text}'");

    /// <summary>Waits until the program is ready: where it serves clients.</summary>
    public async Task<Uri> WaitForClientsAsync()
    {
        await Until.TrueAsync(() => ClientsLine().IsMatch(Error) || HasExited, "the program says where it serves");
        Match line = ClientsLine().Match(Error);
        Assert.True(line.Success, Error);
        return new Uri(line.Groups[1].Value);
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<(int ExitCode, string Output, string Error)> WaitAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(timeout.Token);
        await _errorDone;
        return (_process.ExitCode, await _output, Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _errorDone;
        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        while (await _process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_error)
                _error.AppendLine(line);
        }
    }

    // With the end of the line, so that a part of it is not taken for the whole.
    [GeneratedRegex(@"clients  (http://\S+)\n")]
    private static partial Regex ClientsLine();
}
