using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>Varnish as a cache in memory, with its defaults but for how long it keeps answers.</summary>
internal sealed class VarnishSubject(string name = "varnish") : Subject(name)
{
    /// <summary>For how many seconds it keeps answers that say nothing of it.</summary>
    public required int Seconds { get; init; }

    public override async Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation)
    {
        var program = Toolbox.Locate("varnishd") ?? throw new MeasurementFailedException("varnishd is not installed");
        var port = Loopback.FreePort();
        string[] arguments =
        [
            "-F", "-j", "none", "-n", start.Context.FolderFor(Name),
            "-a", $"127.0.0.1:{port}", "-b", start.Upstream.Address.Authority, "-T", "none",
            "-s", "malloc,128m", "-t", $"{Seconds}", "-p", "default_grace=0",
        ];
        return await start.LaunchAsync(Name, new Launch(program, arguments), port, cancellation);
    }
}
