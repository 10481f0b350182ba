using System.Collections.Concurrent;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Follows <c>$ref</c>: JSON Pointers and plain-name fragments (<c>$anchor</c>), in the same file and in others. While a document
/// is loaded, files are read as references lead to them; afterwards nothing is read any more and it is thread-safe. A reference
/// counts from the file of the tree in which it stands, also when an overlay wrote it there.
/// </summary>
public sealed class ReferenceResolver
{
    private readonly ConcurrentDictionary<DocumentNode, IReadOnlyDictionary<string, DocumentNode>> _anchors = new();
    private readonly ReferencedFiles? _files;

    internal ReferenceResolver(ReferencedFiles? files) => _files = files;

    /// <summary>A resolver for trees of a single file.</summary>
    public static ReferenceResolver Local { get; } = new(null);

    /// <summary>
    /// The value to which the reference leads, one step far: it may be a reference itself (in OpenAPI 3.1 a schema may stand
    /// beside its <c>$ref</c>). Null when the node has no <c>$ref</c>, or when it leads nowhere.
    /// </summary>
    public DocumentNode? Resolve(DocumentNode refNode) =>
        TextOf(refNode) is { } reference ? Locate(refNode, reference).Target : null;

    /// <summary>
    /// The value at the end of a chain of references, which is the node itself when it is none. Null when the chain leads
    /// nowhere or in a circle.
    /// </summary>
    public DocumentNode? Follow(DocumentNode? node)
    {
        // A loaded document has no longer chains; a tree that was not loaded may hold circles.
        const int longest = 1000;
        for (int steps = 0; node is not null && steps < longest; steps++)
        {
            if (TextOf(node) is not { } reference)
                return node;
            node = Locate(node, reference).Target;
        }

        return null;
    }

    /// <summary>The text of a node's <c>$ref</c>, or null when it has none.</summary>
    internal static string? TextOf(DocumentNode node) => node is ObjectNode holder && holder["$ref"] is ScalarNode { Kind: ScalarKind.String } text ? text.Text : null;

    internal ReferenceOutcome Locate(DocumentNode from, string reference)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        string path = hash < 0 ? reference : reference[..hash];
        string fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);

        ReferenceOutcome file = path.Length == 0 ? new ReferenceOutcome(RootOf(from)) : OpenFile(from, path, reference);
        if (file.Target is not { } root || fragment.Length == 0)
            return file;
        return fragment[0] == '/' ? PointerWalk.Follow(root, fragment, reference) : FindAnchor(root, fragment, reference);
    }

    private static DocumentNode RootOf(DocumentNode node)
    {
        while (node.Parent is not null)
            node = node.Parent;
        return node;
    }

    private ReferenceOutcome OpenFile(DocumentNode from, string path, string reference) =>
        _files is null
            ? ReferenceOutcome.Fail(OpenApiDiagnostics.Unresolvable, $"'{reference}' leads to another file.", "Load the document with its files.")
            : _files.Open(from, RootOf(from).File, path, reference);

    private ReferenceOutcome FindAnchor(DocumentNode root, string name, string reference)
    {
        IReadOnlyDictionary<string, DocumentNode> anchors = _anchors.GetOrAdd(root, AnchorIndex.Of);
        if (anchors.TryGetValue(name, out DocumentNode? target))
            return new ReferenceOutcome(target);
        return new ReferenceOutcome(null, OpenApiDiagnostics.Unresolvable, () =>
        {
            string? near = Suggestion.Closest(name, anchors.Keys);
            return ($"'{reference}' leads to nothing: no schema there has the $anchor '{name}'.", near is null ? $"A path inside the document begins with '#/', for example '#/components/schemas/{name}'." : $"Did you mean '#{near}'?");
        });
    }
}
