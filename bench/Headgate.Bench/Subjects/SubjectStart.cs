using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>What a subject needs to start.</summary>
/// <param name="Context">Tools, folder, clock.</param>
/// <param name="Upstream">The upstream that it forwards to; already running.</param>
/// <param name="Core">Core to pin it to; null lets the kernel choose.</param>
internal sealed record SubjectStart(BenchContext Context, RunningSubject Upstream, int? Core)
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    /// <summary>A folder of the subject's own.</summary>
    public string FolderFor(string subject) =>
        Directory.CreateDirectory(Path.Combine(Context.Folder, subject.Replace(' ', '-'))).FullName;

    /// <summary>Starts a program and waits until the port answers the upstream's probe path.</summary>
    public async Task<RunningSubject> LaunchAsync(string name, Launch launch, int port, CancellationToken cancellation)
    {
        var process = ChildProcess.Start(launch with { Core = Core }, Context.Tools);
        var problem = await Loopback.WaitReadyAsync(
            process, new Uri(Loopback.Address(port), NginxUpstream.SmallPath), StartBound, Context.Time, cancellation);
        if (problem is null)
            return new RunningSubject(name, process, Loopback.Address(port));
        await process.DisposeAsync();
        throw new MeasurementFailedException(problem);
    }
}
