using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Fills one schema from its node.</summary>
internal static class SchemaFiller
{
    public static void Fill(SchemaCompilation compilation, DocumentNode node, CompiledSchema schema)
    {
        if (node is ScalarNode { Kind: ScalarKind.Boolean } constant)
        {
            if (constant.Text == "false")
                schema.Refusal = ("false", "is not allowed");
            schema.IsTypeAlone = schema.Refusal is null;
            return;
        }

        if (node is not ObjectNode holder)
        {
            compilation.Diagnostics.Add(SchemaDiagnostics.NotASchema, node, $"A schema is an object or a boolean, not {node.KindName}.", "Write a schema, or 'true' for any value.");
            return;
        }

        var view = new SchemaView(holder, compilation.Options.Dialect, compilation.References.VocabularyOf(node));
        schema.Types = ReadTypes(view);
        schema.Strings = ScalarRules.ReadString(compilation, view);
        schema.Numbers = ScalarRules.ReadNumber(compilation, view);
        schema.Arrays = ArrayRuleReader.Read(compilation, view);
        schema.Objects = new ObjectRuleReader(compilation, view, schema, compilation.OneWay.Of(holder)).Read();
        schema.Common = [.. ReadConstants(compilation, view), .. new CombinationReader(compilation, view, schema).Read()];
        schema.Unevaluated = ReadUnevaluated(compilation, view);

        // OAS 3.0.4 §4.7.14.2 and 3.1.1 §4.4.2: bytes as they are, in a notation that has room for them.
        schema.IsBinary = view.Text("format") == "binary" || (view["contentMediaType"] is not null && view["contentEncoding"] is null);
        schema.IsTypeAlone = schema is { Strings: null, Numbers: null, Arrays: null, Objects: null, Common: [], Unevaluated: null };
    }

    private static JsonTypes ReadTypes(SchemaView view)
    {
        IEnumerable<DocumentNode> named = view["type"] is ArrayNode list ? list.Items : view["type"] is { } one ? [one] : [];
        JsonTypes types = JsonTypes.None;
        foreach (ScalarNode name in named.OfType<ScalarNode>())
            types |= ToType(name.Text);
        if (view["type"] is null)
            return JsonTypes.Any;

        // OAS 3.0.4 §4.7.24.1: nullable has an effect only beside type.
        return view.Dialect == SchemaDialect.OpenApi30 && view.Flag("nullable") ? types | JsonTypes.Null : types;
    }

    private static JsonTypes ToType(string name) => name switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "number" => JsonTypes.Number,
        "integer" => JsonTypes.Integer,
        "string" => JsonTypes.String,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        _ => JsonTypes.None,
    };

    private static IEnumerable<SchemaRule> ReadConstants(SchemaCompilation compilation, SchemaView view)
    {
        if (view["const"] is { } constant && ReadConstant(compilation, constant) is { } value)
            yield return new EqualityRule("const", [value]);
        if (view["enum"] is ArrayNode list)
            yield return new EqualityRule("enum", [.. list.Items.Select(item => ReadConstant(compilation, item)).OfType<ConstantInstance>()]);
    }

    private static ConstantInstance? ReadConstant(SchemaCompilation compilation, DocumentNode node)
    {
        byte[] json = NodeJson.Write(node);
        var tape = new InstanceTape();
        JsonLimits limits = compilation.Options.Limits.Json;
        JsonFault fault = new JsonTokenizer(json, tape, limits, new DuplicateNames(), new int[limits.MaxDepth]).Read();
        if (fault == JsonFault.None)
            return new ConstantInstance(json, tape);
        compilation.Diagnostics.Add(SchemaDiagnostics.BadConstant, node, $"The constant {JsonFaultText.Of(fault, 0, limits)}: no value can equal it.", "Make it smaller.");
        return null;
    }

    private static UnevaluatedRule? ReadUnevaluated(SchemaCompilation compilation, SchemaView view)
    {
        CompiledSchema? properties = Refusals.Read(compilation, view, "unevaluatedProperties", "is not a known member");
        CompiledSchema? items = Refusals.Read(compilation, view, "unevaluatedItems", "is not an allowed item");
        return properties is null && items is null ? null : new UnevaluatedRule(properties, items);
    }
}
