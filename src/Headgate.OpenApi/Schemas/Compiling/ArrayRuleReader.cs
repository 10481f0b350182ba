using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Reads the keywords of arrays.</summary>
internal static class ArrayRuleReader
{
    private static readonly string[] s_keywords = ["minItems", "maxItems", "uniqueItems", "prefixItems", "items", "contains"];

    public static ArrayRule? Read(SchemaCompilation compilation, SchemaView view)
    {
        if (!s_keywords.Any(keyword => view[keyword] is not null))
            return null;
        return new ArrayRule
        {
            MinItems = view.Count("minItems") ?? 0,
            MaxItems = view.Count("maxItems") ?? int.MaxValue,
            UniqueItems = view.Flag("uniqueItems"),
            PrefixItems = [.. view.List("prefixItems").Select(compilation.Get)],
            Items = Refusals.Read(compilation, view, "items", "is not an allowed item"),
            Contains = view["contains"] is { } contains ? compilation.Get(contains) : null,
            MinContains = view.Count("minContains") ?? 1,
            MaxContains = view.Count("maxContains") ?? int.MaxValue,
        };
    }
}
