using System.Collections.Frozen;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>The keywords of schemas by what they hold and where they are in force.</summary>
internal static class SchemaKeywords
{
    private static readonly FrozenSet<string> s_one = FrozenSet.Create(
        StringComparer.Ordinal,
        "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema");

    private static readonly FrozenSet<string> s_list = FrozenSet.Create(StringComparer.Ordinal, "allOf", "anyOf", "oneOf", "prefixItems");

    private static readonly FrozenSet<string> s_map = FrozenSet.Create(StringComparer.Ordinal, "properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    /// <summary>The vocabulary of JSON Schema Validation 2020-12 §6.</summary>
    private static readonly FrozenSet<string> s_validation = FrozenSet.Create(
        StringComparer.Ordinal,
        "type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern",
        "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties", "minProperties", "required", "dependentRequired");

    /// <summary>What OpenAPI 3.0 has of JSON Schema (OAS 3.0.4 §4.7.24).</summary>
    private static readonly FrozenSet<string> s_openApi30 = FrozenSet.Create(
        StringComparer.Ordinal,
        "$ref", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems",
        "maxProperties", "minProperties", "required", "enum", "type", "allOf", "oneOf", "anyOf", "not", "items", "properties", "additionalProperties", "format",
        "nullable", "discriminator", "readOnly", "writeOnly");

    /// <summary>The keywords beside which a <c>$ref</c> is still all that a schema says.</summary>
    private static readonly FrozenSet<string> s_annotations = FrozenSet.Create(
        StringComparer.Ordinal,
        "$ref", "$comment", "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "example", "summary", "externalDocs", "xml");

    public static bool IsInForce(string keyword, SchemaDialect dialect, SchemaVocabulary vocabulary) =>
        dialect == SchemaDialect.OpenApi30 ? s_openApi30.Contains(keyword) : vocabulary.Validates || !s_validation.Contains(keyword);

    /// <summary>Whether a schema with a <c>$ref</c> says nothing else.</summary>
    public static bool IsReferenceAlone(ObjectNode schema, SchemaDialect dialect) =>
        dialect == SchemaDialect.OpenApi30 || schema.MemberList.TrueForAll(member => s_annotations.Contains(member.Key) || member.Key.StartsWith("x-", StringComparison.Ordinal));

    /// <summary>The schemas that a schema holds directly.</summary>
    public static IEnumerable<DocumentNode> Subschemas(ObjectNode schema)
    {
        foreach (ObjectMember member in schema.Members)
        {
            if (s_one.Contains(member.Key))
            {
                yield return member.Value;
            }
            else if (s_list.Contains(member.Key) && member.Value is ArrayNode list)
            {
                foreach (DocumentNode item in list.Items)
                    yield return item;
            }
            else if (s_map.Contains(member.Key) && member.Value is ObjectNode map)
            {
                foreach (ObjectMember entry in map.Members)
                    yield return entry.Value;
            }
        }
    }
}
