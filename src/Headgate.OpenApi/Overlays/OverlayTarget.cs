using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>
/// Which document an overlay is written for. Overlay 1.1 §4.4.1: <c>extends</c> identifies it; an overlay without it is applied to whatever
/// document it is given with.
/// </summary>
internal static class OverlayTarget
{
    /// <summary>The <c>extends</c> of an overlay, or null when it has none.</summary>
    public static ScalarNode? Of(DocumentNode overlay) =>
        (overlay as ObjectNode)?["extends"] is ScalarNode { Kind: ScalarKind.String } extends ? extends : null;

    /// <summary>
    /// Whether an <c>extends</c> names a document. A path counts from the overlay's directory. A URL is fetched by nobody: it names the
    /// document whose <c>$self</c> it is, or else a file of the same name.
    /// </summary>
    public static bool Names(ScalarNode extends, DocumentNode? document, SourceFile entry)
    {
        if (((document as ObjectNode)?["$self"] as ScalarNode)?.AsString() == extends.Text)
            return true;
        string name = Uri.UnescapeDataString(extends.Text);
        if (name.Contains('\0', StringComparison.Ordinal))
            return false;
        return name.Contains("://", StringComparison.Ordinal)
            ? Path.GetFileName(name) == Path.GetFileName(entry.FullPath)
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(extends.File.FullPath) ?? "", name)) == entry.FullPath;
    }
}
