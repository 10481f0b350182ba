namespace Headgate.OpenApi.Reading;

/// <summary>
/// What a document may cost, so that a hostile one gives a diagnostic instead of a hang or a crash. Each limit has its own
/// diagnostic. Counts are for one load, all its files together, unless said otherwise.
/// </summary>
public sealed record LoadLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static LoadLimits Default { get; } = new();

    /// <summary>Size of one file in bytes. Default 64 MiB.</summary>
    public int MaxFileBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Objects and arrays inside each other. Default 256; values above 512 are taken as 512.</summary>
    public int MaxDepth { get; init => field = Math.Min(value, 512); } = 256;

    /// <summary>Objects, arrays and scalars. Default 4,000,000.</summary>
    public int MaxNodes { get; init; } = 4_000_000;

    /// <summary>Values copied to stand for YAML aliases. Default 200,000.</summary>
    public int MaxAliasNodes { get; init; } = 200_000;

    /// <summary>Length of one string in UTF-16 code units. Default 1 Mi.</summary>
    public int MaxStringLength { get; init; } = 1024 * 1024;

    /// <summary>References that lead directly to references. Default 32.</summary>
    public int MaxReferenceDepth { get; init; } = 32;

    /// <summary>Files: entry document, overlays and referenced ones. Default 256.</summary>
    public int MaxFiles { get; init; } = 256;

    /// <summary>Diagnostics that are kept; the rest is counted. Default 1,000.</summary>
    public int MaxDiagnostics { get; init; } = Diagnostics.DiagnosticBag.Capacity;

    /// <summary>Base paths to which one list of servers expands. Default 64.</summary>
    public int MaxBasePaths { get; init; } = 64;

    /// <summary>Values that the JSONPaths of all overlays may visit together. Default 20,000,000.</summary>
    public int MaxQuerySteps { get; init; } = 20_000_000;
}
