using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Reads the keywords that apply schemas to the same value.</summary>
internal sealed class CombinationReader(SchemaCompilation compilation, SchemaView view, CompiledSchema schema)
{
    public List<SchemaRule> Read()
    {
        var rules = new List<SchemaRule>();
        if (Refers("$ref") && compilation.Resolve(view.Node, "$ref") is { } target)
            rules.Add(new SameValueRule(Same(target)));
        if (Refers("$dynamicRef"))
            AddDynamic(rules);
        foreach (DocumentNode all in view.List("allOf"))
            rules.Add(new SameValueRule(Same(all)));
        AddAlternatives(rules, "anyOf");
        AddAlternatives(rules, "oneOf");
        if (view["not"] is { } not)
            rules.Add(new NotRule(Same(not)));
        if (view["if"] is { } condition)
            rules.Add(new ConditionRule(Same(condition), SameOrNull("then"), SameOrNull("else")));
        return rules;
    }

    private bool Refers(string keyword) => view[keyword] is ScalarNode { Kind: ScalarKind.String };

    private void AddDynamic(List<SchemaRule> rules)
    {
        if (compilation.Resolve(view.Node, "$dynamicRef") is not { } target)
            return;
        string name = view.Text("$dynamicRef")!.Split('#') is [_, var fragment] ? fragment : "";

        // JSON Schema Core 2020-12 §8.2.3.2: dynamic only where the first target was named by a $dynamicAnchor; else like $ref.
        if (name.Length == 0 || ((target as ObjectNode)?["$dynamicAnchor"] as ScalarNode)?.AsString() != name)
        {
            rules.Add(new SameValueRule(Same(target)));
            return;
        }

        var rule = new DynamicReferenceRule(name, compilation.Get(target));
        compilation.DynamicReferences.Add(rule);
        rules.Add(rule);
    }

    private void AddAlternatives(List<SchemaRule> rules, string keyword)
    {
        if (view[keyword] is not ArrayNode list)
            return;
        CompiledSchema[] schemas = [.. list.Items.Select(Same)];
        rules.Add(DiscriminatorReader.Read(compilation, view, list, schemas) ?? (SchemaRule)new AlternativesRule(schemas, keyword == "oneOf"));
    }

    private CompiledSchema? SameOrNull(string keyword) => view[keyword] is { } node ? Same(node) : null;

    private CompiledSchema Same(DocumentNode node)
    {
        CompiledSchema other = compilation.Get(node);
        compilation.Loops.Add(schema, view.Node, other);
        return other;
    }
}
