using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>A mapping or sequence that is being read.</summary>
internal sealed class YamlFrame(DocumentNode container, string? anchor)
{
    public DocumentNode Container { get; } = container;

    public string? Anchor { get; } = anchor;

    /// <summary>The key whose value comes next; null when a key comes next, or in a sequence.</summary>
    public string? Key { get; set; }

    public SourceLocation KeyLocation { get; set; }

    /// <summary>Whether the value that comes next belongs to a merge key.</summary>
    public bool KeyIsMerge { get; set; }

    /// <summary>The values of merge keys, merged when the mapping ends: keys written out win over merged ones.</summary>
    public List<DocumentNode> Merges { get; } = [];

    public bool ExpectsKey => Container is ObjectNode && Key is null;
}
