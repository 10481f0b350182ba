using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>
/// Reads <c>discriminator</c> beside <c>oneOf</c> or <c>anyOf</c> (OAS 3.1.1 §4.8.25). Without them it is an annotation: which schemas derive from a base is not
/// part of the base.
/// </summary>
internal static class DiscriminatorReader
{
    /// <summary>The rule; null where there is no discriminator, or where it leaves out one of the schemas.</summary>
    public static DiscriminatorRule? Read(SchemaCompilation compilation, SchemaView view, ArrayNode list, CompiledSchema[] schemas)
    {
        if (view.Node["discriminator"] is not ObjectNode discriminator || (discriminator["propertyName"] as ScalarNode)?.AsString() is not { } property)
            return null;
        var branches = new OrderedDictionary<string, CompiledSchema>(StringComparer.Ordinal);
        foreach (ObjectMember mapping in (discriminator["mapping"] as ObjectNode)?.Members ?? [])
        {
            if (FindMapped(compilation, view.Node, mapping, list, schemas) is { } schema)
                branches[mapping.Key] = schema;
        }

        AddNames(list, schemas, branches);
        if (!schemas.All(branches.ContainsValue))
            return null;
        CompiledSchema? otherwise = (discriminator["defaultMapping"] as ScalarNode)?.AsString() is { } name ? Find(compilation, view.Node, name, list, schemas) : null;
        return new DiscriminatorRule(property, [.. branches], otherwise);
    }

    // OAS 3.1.1 §4.8.25: the name of a schema under components stands for it, mapped or not.
    private static void AddNames(ArrayNode list, CompiledSchema[] schemas, OrderedDictionary<string, CompiledSchema> branches)
    {
        for (int i = 0; i < schemas.Length; i++)
        {
            if (ReferenceResolver.TextOf(list.Items[i]) is { } reference)
                branches.TryAdd(NameOf(reference), schemas[i]);
        }
    }

    private static CompiledSchema? FindMapped(SchemaCompilation compilation, ObjectNode holder, ObjectMember mapping, ArrayNode list, CompiledSchema[] schemas)
    {
        if ((mapping.Value as ScalarNode)?.AsString() is not { } text)
            return null;
        CompiledSchema? schema = Find(compilation, holder, text, list, schemas);
        if (schema is null)
            compilation.Diagnostics.Add(SchemaDiagnostics.BadMapping, mapping, $"The mapping '{mapping.Key}: {text}' leads to none of the schemas of this list; no value chooses it.", "Add the schema to the list, or remove the mapping.");
        return schema;
    }

    private static CompiledSchema? Find(SchemaCompilation compilation, ObjectNode holder, string text, ArrayNode list, CompiledSchema[] schemas)
    {
        for (int i = 0; i < schemas.Length; i++)
        {
            if (ReferenceResolver.TextOf(list.Items[i]) is { } reference && (reference == text || NameOf(reference) == text))
                return schemas[i];
        }

        return text.Contains('/', StringComparison.Ordinal) && compilation.References.Resolve(holder, text) is { } target && compilation.Get(target) is var found && schemas.Contains(found)
            ? found
            : null;
    }

    private static string NameOf(string reference) => reference[(reference.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
