using System.Globalization;
using System.Text;
using Headgate.Bench.Load;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>
/// The upstream behind every proxy: nginx answering from its configuration. Measured at 6.4 µs of CPU per request with
/// 64 connections, beside 6.8 µs for a Kestrel echo with inline scheduling, and without a JIT that warms up: it is
/// never the bottleneck.
/// </summary>
internal static class NginxUpstream
{
    /// <summary>Answers 100 bytes, to any method; so does every path that is not named here.</summary>
    public const string SmallPath = "/100b";

    /// <summary>Answers 16 KiB.</summary>
    public const string LargePath = "/16k";

    /// <summary>Reads a body and answers 100 bytes.</summary>
    public const string PostPath = "/orders";

    private const string Name = "upstream";
    private const int SmallBytes = 100;
    private const int LargeBytes = 16 * 1024;

    // One word of nginx's configuration is at most 4,096 bytes, so the large answer is put together from variables.
    private const int WordBytes = 2048;

    /// <summary>Starts it on a core, or wherever the kernel puts it.</summary>
    /// <exception cref="MeasurementFailedException">It did not start.</exception>
    public static async Task<RunningSubject> StartAsync(BenchContext context, int? core, CancellationToken cancellation)
    {
        var folder = context.FolderFor(Name);
        var port = Loopback.FreePort();
        var configuration = NginxConfiguration.Write(folder, Server(port));
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration, cancellation);
        var launch = NginxConfiguration.Launch(context.Tools, file, folder) with { Core = core };
        return await RunningSubject.LaunchAsync(context, Name, launch, port, cancellation);
    }

    private static string Server(int port)
    {
        var large = JsonPadding.OfLength(LargeBytes);
        var server = new StringBuilder();
        server.Append(CultureInfo.InvariantCulture, $"server {{\n  listen 127.0.0.1:{port} backlog=4096;\n");
        var names = new StringBuilder();
        foreach (var (index, word) in large.Chunk(WordBytes).Index())
        {
            server.Append(CultureInfo.InvariantCulture, $"  set $part{index} '{new string(word)}';\n");
            names.Append(CultureInfo.InvariantCulture, $"${{part{index}}}");
        }
        server.Append(CultureInfo.InvariantCulture, $"  location = {LargePath} {{ return 200 \"{names}\"; }}\n");
        server.Append(CultureInfo.InvariantCulture, $"  location / {{ return 200 '{JsonPadding.OfLength(SmallBytes)}'; }}\n}}\n");
        return server.ToString();
    }
}
