namespace Headgate.Bench.Processes;

/// <summary>A program to start.</summary>
internal sealed record Launch(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Core to pin it to; null lets the kernel choose.</summary>
    public int? Core { get; init; }

    /// <summary>Variables added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
