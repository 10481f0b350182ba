using Headgate.Bench.Processes;

namespace Headgate.Bench.Subjects;

/// <summary>A subject that answers at its address; disposal stops it.</summary>
internal sealed class RunningSubject(string name, ChildProcess process, Uri address) : IAsyncDisposable
{
    public string Name { get; } = name;

    public Uri Address { get; } = address;

    /// <summary>What it and its workers used so far.</summary>
    public ProcessUsage Usage() => ProcessUsage.OfTree(process.Id);

    /// <summary>The same process under another name.</summary>
    public RunningSubject As(string otherName) => new(otherName, process, Address);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
