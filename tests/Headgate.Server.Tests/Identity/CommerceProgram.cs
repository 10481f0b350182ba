using System.Diagnostics;
using System.Text.RegularExpressions;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Identity;

/// <summary>The commerce services as a process of their own, on free ports.</summary>
internal sealed partial class CommerceProgram : IAsyncDisposable
{
    private readonly Process _process;

    private CommerceProgram(Process process) => _process = process;

    /// <summary>Where each service listens.</summary>
    public Dictionary<string, string> Addresses { get; } = [];

    /// <summary>Starts it and waits until so many services listen.</summary>
    public static async Task<CommerceProgram> StartAsync(int services, string storefrontSecret, params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string program = SourceFolder.PathOf(Path.Combine("examples", "commerce", "bin", output.Parent!.Name, output.Name, "commerce.dll"));
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        ShortLived.ApplyTo(start.Environment);
        start.Environment["STOREFRONT_CLIENT_SECRET"] = storefrontSecret;
        var commerce = new CommerceProgram(Process.Start(start)!);
        while (commerce.Addresses.Count < services)
        {
            string line = await commerce._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The commerce services ended.");
            Match service = ListensLine().Match(line);
            commerce.Addresses[service.Groups[1].Value] = service.Groups[2].Value;
        }

        return commerce;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [GeneratedRegex("^([a-z-]+) listens on (http://[0-9.:]+)$")]
    private static partial Regex ListensLine();
}
