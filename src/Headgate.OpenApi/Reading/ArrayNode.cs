using System.Globalization;

namespace Headgate.OpenApi.Reading;

/// <summary>An array of values.</summary>
public sealed class ArrayNode(SourceFile file, int line, int column) : DocumentNode(file, line, column)
{
    private readonly List<DocumentNode> _items = [];

    /// <summary>The items in order.</summary>
    public IReadOnlyList<DocumentNode> Items => _items;

    /// <summary>The same as <see cref="Items"/>, for loops over whole documents: enumerating a list by its type allocates nothing.</summary>
    internal List<DocumentNode> ItemList => _items;

    /// <inheritdoc/>
    public override string KindName => "array";

    internal void Add(DocumentNode item)
    {
        item.Parent = this;
        _items.Add(item);
    }

    internal void RemoveAll(IReadOnlySet<DocumentNode> items) => _items.RemoveAll(items.Contains);

    internal void Replace(DocumentNode old, DocumentNode item)
    {
        item.Parent = this;
        _items[_items.IndexOf(old)] = item;
    }

    private protected override string StepTo(DocumentNode child) => _items.IndexOf(child).ToString(CultureInfo.InvariantCulture);
}
