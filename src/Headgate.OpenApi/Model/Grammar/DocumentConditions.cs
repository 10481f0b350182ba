using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Conditions across several fields of an object, parameters apart.</summary>
internal static class DocumentConditions
{
    // OAS 3.1.1 §4.8.1.1; 3.0 requires paths, which its table says.
    public static void HasContainer(ObjectNode root, ConditionScope scope)
    {
        if (scope.Version != OpenApiVersion.V30 && !root.Contains("paths") && !root.Contains("webhooks") && !root.Contains("components"))
            scope.Diagnostics.Add(OpenApiDiagnostics.NoContainers, root, "The document has none of 'paths', 'webhooks' and 'components'.", "Add 'paths' with at least one path.");
    }

    public static void Exclusive(ObjectNode node, ConditionScope scope, string one, string other)
    {
        if (node[one] is not null && node[other] is { } second)
            scope.Diagnostics.Add(OpenApiDiagnostics.ExclusiveFields, second, $"'{one}' and '{other}' exclude each other.", "Keep one of them.");
    }

    // OAS 3.1.1 §4.8.20: a linked operation MUST be identified by one of the two.
    public static void LinkNamesOneOperation(ObjectNode link, ConditionScope scope)
    {
        Exclusive(link, scope, "operationRef", "operationId");
        if (!link.Contains("operationRef") && !link.Contains("operationId"))
            scope.Diagnostics.Add(OpenApiDiagnostics.MissingField, link, "The link names no operation.", "Add 'operationId' or 'operationRef'.");
    }

    // OAS 3.2.0 §4.9.1: the map MUST NOT contain an entry for a method that has a fixed field.
    public static void AdditionalOperationsAreNew(ObjectNode pathItem, ConditionScope scope)
    {
        if (pathItem["additionalOperations"] is not ObjectNode additional)
            return;
        foreach (ObjectMember member in additional.Members.Where(member => HttpMethods.Fixed.ContainsKey(member.Key.ToLowerInvariant())))
            scope.Diagnostics.Add(OpenApiDiagnostics.FixedMethodAsAdditional, member, $"'{member.Key}' has a field of its own.", $"Move it to '{member.Key.ToLowerInvariant()}' of the path item.");
    }

    public static void SchemeIsComplete(ObjectNode scheme, ConditionScope scope)
    {
        if (scheme["type"] is not ScalarNode type)
            return;
        ReadOnlySpan<string> required = type.AsString() switch
        {
            "apiKey" => ["name", "in"],
            "http" => ["scheme"],
            "oauth2" => ["flows"],
            "openIdConnect" => ["openIdConnectUrl"],
            _ => [],
        };
        foreach (string field in required)
        {
            if (!scheme.Contains(field))
                scope.Diagnostics.Add(OpenApiDiagnostics.SchemeIncomplete, scheme, $"A security scheme of type '{type.Text}' needs '{field}'.", $"Add '{field}'.");
        }
    }

    public static void SchemaHasNoId(ObjectNode schema, ConditionScope scope)
    {
        if (schema["$id"] is { } id)
            scope.Diagnostics.Add(OpenApiDiagnostics.SchemaId, id, "'$id' does not change where references lead: they count from the file.", "Refer to the schema by its path in the document or by its '$anchor'.");
    }
}
