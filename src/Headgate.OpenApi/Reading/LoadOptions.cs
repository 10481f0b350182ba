namespace Headgate.OpenApi.Reading;

/// <summary>How documents are loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>The options used when none are given.</summary>
    public static LoadOptions Default { get; } = new();

    /// <summary>What a document may cost.</summary>
    public LoadLimits Limits { get; init; } = LoadLimits.Default;

    /// <summary>
    /// Whether a reference may lead to a file that is not below the entry document's directory (symbolic links resolved).
    /// Default false, so that a document from somebody else cannot read this machine's files.
    /// </summary>
    public bool AllowFilesOutside { get; init; }
}
