namespace Headgate.Gateway.Publishing;

/// <summary>What the settings of this instance say about published documents. Immutable.</summary>
public sealed record PublishOptions
{
    /// <summary>Whether documents that ask for it are published. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The path before those of documents and page, without a slash at its end. The catalog's is well known, and stays. Default: none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Scheme, host and port by which clients know the gateway; null (the default) for not known. With it the catalog's links are absolute.</summary>
    public Uri? Origin { get; init; }
}
