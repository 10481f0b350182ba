using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>
/// How values of one type are read from a document, described in the schema and printed in the reference. Built once per type
/// (or per property, where the property narrows the type). Immutable and thread-safe.
/// </summary>
internal abstract class ValueShape
{
    /// <summary>What is expected, as messages say it: <c>a duration such as 30s</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The type as the reference prints it.</summary>
    public abstract string TypeName { get; }

    /// <summary>Whether the value has the form of this type, right or wrong in detail; chooses among shorthands.</summary>
    public abstract bool Accepts(DocumentNode node);

    /// <summary>Reads the value; null when it is wrong, and then <paramref name="diagnostics"/> says why.</summary>
    public abstract object? Bind(DocumentNode node, DiagnosticBag diagnostics);

    /// <summary>The JSON Schema of the type.</summary>
    public abstract JsonObject ToSchema(SchemaDefinitions definitions);

    /// <summary>The record shapes directly inside: their sections follow in the reference.</summary>
    public virtual IEnumerable<RecordShape> Records => [];

    /// <summary>A default value as the reference prints it.</summary>
    public virtual string? Print(object value) => value.ToString();

    /// <summary>A default value in the schema; null where there is nothing to say.</summary>
    public virtual JsonNode? PrintJson(object value) => null;

    /// <summary>A value as a document would say it, in full.</summary>
    public virtual JsonNode? ToJson(object value) => PrintJson(value) ?? JsonValue.Create(value.ToString());

    /// <summary>Visits the settings inside a value on which nothing acts yet.</summary>
    public virtual void FindNotEnforced(DocumentNode node, string path, Action<string, DocumentNode> found)
    {
    }

    /// <summary>Reports a value of another type.</summary>
    protected object? Refuse(DocumentNode node, DiagnosticBag diagnostics, string? fix = null)
    {
        diagnostics.Add(ExtensionDiagnostics.WrongType, node, $"{NameOf(node)} must be {Expected}, not {Describe(node)}.", fix);
        return null;
    }

    /// <summary>The key or index of a value, as messages say it.</summary>
    protected static string NameOf(DocumentNode node)
    {
        string pointer = node.Pointer;
        int slash = pointer.LastIndexOf('/');
        string name = pointer[(slash + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return node.Parent is ArrayNode ? $"Item {name}" : $"'{name}'";
    }

    private static string Describe(DocumentNode node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Null } => "null",
        ScalarNode { Kind: ScalarKind.String } text => $"the string '{Shorten(text.Text)}'",
        ScalarNode scalar => $"the {scalar.KindName} {Shorten(scalar.Text)}",
        ArrayNode => "an array",
        _ => "an object",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
