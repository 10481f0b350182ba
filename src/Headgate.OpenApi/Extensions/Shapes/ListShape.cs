using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>An array, bound to <see cref="IReadOnlyList{T}"/>; where allowed, its only item may stand alone.</summary>
internal sealed class ListShape<T>(ValueShape item, ValueRange<long>? count, bool allowSingle) : ValueShape
{
    public override string Expected => $"an array of which each item is {item.Expected}";

    public override string TypeName => allowSingle ? $"{item.TypeName}, or list of them" : $"list of {item.TypeName}";

    public override IEnumerable<RecordShape> Records => item.Records;

    public override bool Accepts(DocumentNode node) => node is ArrayNode || (allowSingle && item.Accepts(node));

    public override object? Bind(DocumentNode node, DiagnosticBag diagnostics)
    {
        if (node is not ArrayNode array)
            return allowSingle && node is not ScalarNode { Kind: ScalarKind.Null } ? BindSingle(node, diagnostics) : Refuse(node, diagnostics);
        if (count?.Contains(array.Items.Count) == false)
        {
            diagnostics.Add(ExtensionDiagnostics.OutOfRange, node, $"{NameOf(node)} has {array.Items.Count} items; it must have a number of items{count.Words}.");
            return null;
        }

        var items = new T[array.Items.Count];
        bool whole = true;
        for (int i = 0; i < items.Length; i++)
        {
            if (item.Bind(array.Items[i], diagnostics) is T value)
                items[i] = value;
            else
                whole = false;
        }

        return whole ? items : null;
    }

    public override JsonObject ToSchema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.ToSchema(definitions) };
        count?.WriteTo(schema, "minItems", "maxItems");
        return allowSingle ? new JsonObject { ["anyOf"] = new JsonArray(item.ToSchema(definitions), schema) } : schema;
    }

    public override string? Print(object value)
    {
        var items = (IReadOnlyList<T>)value;
        return items.Count == 0 ? null : string.Join(", ", items.Select(one => item.Print(one!)));
    }

    public override JsonNode? PrintJson(object value)
    {
        var items = (IReadOnlyList<T>)value;
        return new JsonArray([.. items.Select(one => item.PrintJson(one!))]);
    }

    public override JsonNode? ToJson(object value) => new JsonArray([.. ((IReadOnlyList<T>)value).Select(one => item.ToJson(one!))]);

    public override void FindNotEnforced(DocumentNode node, string path, Action<string, DocumentNode> found)
    {
        foreach (DocumentNode each in (node as ArrayNode)?.Items ?? [node])
            item.FindNotEnforced(each, path, found);
    }

    private T[]? BindSingle(DocumentNode node, DiagnosticBag diagnostics) => item.Bind(node, diagnostics) is T value ? [value] : null;
}
