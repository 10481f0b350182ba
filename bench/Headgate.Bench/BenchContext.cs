using Headgate.Bench.Processes;

namespace Headgate.Bench;

/// <summary>What every scenario works with: the options, the machine's tools and cores, a folder, a clock, a voice.</summary>
internal sealed record BenchContext
{
    public required BenchOptions Options { get; init; }

    public required Toolbox Tools { get; init; }

    /// <summary>A temporary folder for generated configurations, documents and state.</summary>
    public required string Folder { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Writes one progress line.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>A folder for one process of the scenario.</summary>
    public string FolderFor(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
}
