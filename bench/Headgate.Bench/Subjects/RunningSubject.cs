using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>A subject that answers at its address; disposal stops it.</summary>
internal sealed class RunningSubject(string name, ChildProcess process, Uri address, JitClock? jit = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    public string Name { get; } = name;

    public Uri Address { get; } = address;

    /// <summary>Starts a program and waits until the port answers the path that every upstream answers.</summary>
    /// <exception cref="MeasurementFailedException">It ended, or did not answer in time.</exception>
    public static async Task<RunningSubject> LaunchAsync(
        BenchContext context, string name, Launch launch, int port, CancellationToken cancellation)
    {
        var address = Loopback.Address(port);
        var process = ChildProcess.Start(launch, context.Tools);
        try
        {
            var problem = await Loopback.WaitReadyAsync(
                process, new Uri(address, NginxUpstream.SmallPath), StartBound, context.Time, cancellation);
            return problem is null ? new RunningSubject(name, process, address) : throw new MeasurementFailedException(problem);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it and its workers used so far.</summary>
    public ProcessUsage Usage() => ProcessUsage.OfTree(process.Id);

    /// <summary>How long it has compiled code so far; zero where it has none to compile.</summary>
    /// <exception cref="MeasurementFailedException">It does not say.</exception>
    public Task<TimeSpan> CompiledAsync(CancellationToken cancellation) => jit is null ? Task.FromResult(TimeSpan.Zero) : jit.ReadAsync(cancellation);

    /// <summary>The same process under another name.</summary>
    public RunningSubject As(string otherName) => new(otherName, process, Address, jit);

    /// <summary>The same process, which says how long it has compiled.</summary>
    public RunningSubject With(JitClock clock) => new(Name, process, Address, clock);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
