using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Conditions across several fields of parameters and headers (OAS 3.1.1 §4.8.12 and §4.8.21).</summary>
internal static class ParameterConditions
{
    public static void SchemaOrContent(ObjectNode node, ConditionScope scope)
    {
        bool both = node.Contains("schema") && node.Contains("content");
        if (both || (!node.Contains("schema") && !node.Contains("content")))
            scope.Diagnostics.Add(OpenApiDiagnostics.SchemaOrContent, node, both ? "It has both 'schema' and 'content'." : "It has neither 'schema' nor 'content'.", "Give it one of the two.");
        else if (node["content"] is ObjectNode { Members.Count: not 1 } content)
            scope.Diagnostics.Add(OpenApiDiagnostics.SchemaOrContent, content, $"'content' has {content.Members.Count} media types; it takes exactly one.", "Keep the one in which the value is sent.");
    }

    public static void ExampleOrExamples(ObjectNode node, ConditionScope scope) => DocumentConditions.Exclusive(node, scope, "example", "examples");

    public static void StyleFitsLocation(ObjectNode node, ConditionScope scope)
    {
        if (Text(node, "style") is not { } style || Text(node, "in") is not { } location)
            return;
        ReadOnlySpan<string> allowed = location switch
        {
            "path" => ["simple", "label", "matrix"],
            "query" => ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => ["simple"],
            "cookie" => scope.Version == OpenApiVersion.V32 ? ["form", "cookie"] : ["form"],
            _ => [],
        };
        if (!allowed.Contains(style))
            ReportStyle(node, scope, style, location, allowed);
    }

    public static void HeaderStyleIsSimple(ObjectNode node, ConditionScope scope)
    {
        if (Text(node, "style") is { } style && style != "simple")
            ReportStyle(node, scope, style, "header", ["simple"]);
    }

    public static void FlagsFitLocation(ObjectNode node, ConditionScope scope)
    {
        if (Text(node, "in") is not { } location)
            return;
        if (node["allowEmptyValue"] is { } allowEmpty && location != "query")
            scope.Diagnostics.Add(OpenApiDiagnostics.AllowEmptyNotAllowed, allowEmpty, $"'allowEmptyValue' is for query parameters, not for '{location}'.", "Remove it.");

        // OAS 3.0 and 3.1: "only applies to parameters with an in value of query"; 3.2 widens it to what is percent-encoded.
        if (node["allowReserved"] is not { } allowReserved || location == "query")
            return;
        bool encoded = location == "path" || (location == "cookie" && Text(node, "style") != "cookie");
        if (scope.Version != OpenApiVersion.V32 || !encoded)
            scope.Diagnostics.Add(OpenApiDiagnostics.AllowReservedNotAllowed, allowReserved, $"'allowReserved' does not apply to '{location}' here.", "Remove it.");
    }

    // OAS 3.1.1 §4.8.12.2.1: for "path" the field is REQUIRED and its value MUST be true. One described by 'content' is
    // checked where an operation uses it, because the official schema lets it pass.
    public static void PathIsRequired(ObjectNode node, ConditionScope scope)
    {
        if (Text(node, "in") == "path" && node.Contains("schema") && node["required"] is not ScalarNode { Kind: ScalarKind.Boolean, Text: "true" })
            scope.Diagnostics.Add(OpenApiDiagnostics.PathParameterOptional, node["required"] ?? node, $"The path parameter '{Text(node, "name")}' is not required.", "Add 'required: true': a path always has all its segments.");
    }

    private static string? Text(ObjectNode node, string key) => (node[key] as ScalarNode)?.AsString();

    private static void ReportStyle(ObjectNode node, ConditionScope scope, string style, string location, ReadOnlySpan<string> allowed) =>
        scope.Diagnostics.Add(OpenApiDiagnostics.StyleNotAllowed, node["style"]!, $"The style '{style}' is not allowed for '{location}'.", allowed.IsEmpty ? "Remove it." : $"Use {string.Join(" or ", allowed!)}.");
}
