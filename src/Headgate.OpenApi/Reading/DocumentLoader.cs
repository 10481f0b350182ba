using Headgate.OpenApi.Extensions;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Loads OpenAPI documents: reads the files, applies overlays, checks structure and references, and builds the model. Every
/// problem of the input becomes a diagnostic; no input makes it throw. Documents that are loaded together share nothing but
/// their overlays. Thread-safe.
/// </summary>
/// <param name="registry">The extensions that this build knows.</param>
/// <param name="options">How documents are loaded; <see cref="LoadOptions.Default"/> when null.</param>
public sealed class DocumentLoader(ExtensionRegistry registry, LoadOptions? options = null)
{
    /// <summary>Loads one document.</summary>
    /// <param name="entry">The document.</param>
    /// <param name="overlays">Overlay documents, applied in this order.</param>
    public LoadResult Load(DocumentSource entry, IReadOnlyList<DocumentSource>? overlays = null) => LoadAll([entry], overlays ?? [])[0];

    /// <summary>
    /// Loads several documents. An overlay that says which document it <c>extends</c> is applied to that one alone, one that does not to all of
    /// them; one that extends none of them is an error of each.
    /// </summary>
    /// <param name="entries">The documents.</param>
    /// <param name="overlays">Overlay documents, applied in this order.</param>
    /// <returns>One result for each document, in the order given.</returns>
    public IReadOnlyList<LoadResult> LoadAll(IReadOnlyList<DocumentSource> entries, IReadOnlyList<DocumentSource> overlays)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(overlays);
        DocumentLoad[] loads = [.. entries.Select(entry => new DocumentLoad(entry, overlays, options ?? LoadOptions.Default))];
        ReportLeftOut(loads);
        return [.. loads.Select(load => load.Finish(registry))];
    }

    private static void ReportLeftOut(DocumentLoad[] loads)
    {
        string[] paths = [.. loads.Select(load => load.Path)];
        foreach (DocumentLoad load in loads)
        {
            foreach (ScalarNode extends in load.LeftOut.Where(extends => loads.All(other => other.LeftOut.Any(one => one.File == extends.File))))
                load.ReportLeftOut(extends, paths);
        }
    }
}
