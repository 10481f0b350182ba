using Headgate.OpenApi.Diagnostics;
using YamlDotNet.Core;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// The anchors of a YAML file. An alias becomes a copy of the anchored value, so that the result is a tree; how much may be
/// copied is bounded ("billion laughs").
/// </summary>
internal sealed class YamlAnchors(SourceFile file, LoadContext context)
{
    private readonly Dictionary<string, DocumentNode> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _copiesLeft = context.Limits.MaxAliasNodes;

    public void Keep(AnchorName anchor, DocumentNode node)
    {
        if (!anchor.IsEmpty)
            _known[anchor.Value] = node;
    }

    /// <summary>An anchored mapping or sequence begins: until it ends, its anchor names a value that is not complete.</summary>
    public void Open(string? anchor)
    {
        if (anchor is null)
            return;
        _known.Remove(anchor);
        _open.Add(anchor);
    }

    public void Close(string? anchor, DocumentNode node)
    {
        if (anchor is not null && _open.Remove(anchor))
            _known[anchor] = node;
    }

    /// <summary>A copy of the anchored value for a place inside <paramref name="level"/> containers, or null after a finding.</summary>
    public DocumentNode? Copy(string anchor, int level, int line, int column)
    {
        if (!_known.TryGetValue(anchor, out DocumentNode? node))
        {
            if (_open.Contains(anchor))
                context.Report(OpenApiDiagnostics.YamlRecursiveAlias, file, line, column, $"The alias '*{anchor}' stands inside the value that it names.", "Describe recursive schemas with $ref.");
            else
                context.Report(OpenApiDiagnostics.YamlUndefinedAlias, file, line, column, $"No anchor '&{anchor}' stands before this alias.", "Define the anchor first. A string that begins with '*' must be quoted.");
            return null;
        }

        int count = NodeCloner.Count(node, _copiesLeft);
        _copiesLeft -= count;
        if (_copiesLeft < 0)
        {
            context.Report(OpenApiDiagnostics.AliasExpansion, file, line, column, $"Aliases expand to more than {context.Limits.MaxAliasNodes} values.", "Use $ref instead of aliases.");
            return null;
        }

        if (!context.SpendNodes(count, file, line, column))
            return null;
        if (level + NodeCloner.Depth(node) <= context.Limits.MaxDepth)
            return NodeCloner.Copy(node);
        context.ReportDepth(file, line, column);
        return null;
    }
}
