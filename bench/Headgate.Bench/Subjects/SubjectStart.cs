using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>What a subject needs to start.</summary>
/// <param name="Context">Tools, folder, clock.</param>
/// <param name="Upstream">The upstream that it forwards to; already running.</param>
/// <param name="Core">Core to pin it to; null lets the kernel choose.</param>
internal sealed record SubjectStart(BenchContext Context, RunningSubject Upstream, int? Core)
{
    /// <summary>Starts a program on the subject's core and waits until the port answers.</summary>
    /// <exception cref="MeasurementFailedException">It ended, or did not answer in time.</exception>
    public Task<RunningSubject> LaunchAsync(string name, Launch launch, int port, CancellationToken cancellation) =>
        RunningSubject.LaunchAsync(Context, name, launch with { Core = Core }, port, cancellation);

    /// <summary>The same for a program that compiles its code while it runs, and says at <paramref name="metrics"/> how long it has.</summary>
    /// <exception cref="MeasurementFailedException">It ended, or did not answer in time.</exception>
    public async Task<RunningSubject> LaunchAsync(string name, Launch launch, int port, Uri metrics, CancellationToken cancellation) =>
        (await LaunchAsync(name, launch, port, cancellation)).With(new JitClock(metrics));
}
