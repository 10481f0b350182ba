using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>A schema's keywords as its dialect and vocabulary have them: what is not in force is not there.</summary>
internal sealed class SchemaView(ObjectNode node, SchemaDialect dialect, SchemaVocabulary vocabulary)
{
    public ObjectNode Node => node;

    public SchemaDialect Dialect => dialect;

    public DocumentNode? this[string keyword] => SchemaKeywords.IsInForce(keyword, dialect, vocabulary) ? node[keyword] : null;

    /// <summary>Whether <c>format</c> is asserted by the meta-schema.</summary>
    public bool AssertsFormats => vocabulary.AssertsFormats;

    public string? Text(string keyword) => (this[keyword] as ScalarNode)?.AsString();

    public bool Flag(string keyword) => (this[keyword] as ScalarNode)?.AsBoolean() ?? false;

    /// <summary>The text of a number; null when there is none.</summary>
    public string? Number(string keyword) => this[keyword] is ScalarNode { Kind: ScalarKind.Number } number ? number.Text : null;

    /// <summary>A count; one beyond what can be counted is the largest.</summary>
    public int? Count(string keyword)
    {
        if (this[keyword] is not ScalarNode { Kind: ScalarKind.Number } number)
            return null;
        return number.AsInteger() is { } value ? (int)Math.Clamp(value, 0, int.MaxValue) : number.AsNumber() > 0 ? int.MaxValue : 0;
    }

    public IReadOnlyList<DocumentNode> List(string keyword) => (this[keyword] as ArrayNode)?.Items ?? [];

    public IReadOnlyList<ObjectMember> Map(string keyword) => (this[keyword] as ObjectNode)?.Members ?? [];

    /// <summary>The strings of a list.</summary>
    public IEnumerable<string> Texts(string keyword) => List(keyword).OfType<ScalarNode>().Where(item => item.Kind == ScalarKind.String).Select(item => item.Text);
}
