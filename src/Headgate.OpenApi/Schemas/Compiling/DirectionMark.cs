using System.Diagnostics.CodeAnalysis;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>
/// <c>readOnly</c> and <c>writeOnly</c> of members (OAS 3.0.4 §4.7.24.1, JSON Schema Validation 2020-12 §9.4): what does not go the way of the value is refused, so
/// that a service never sees it, and is not required.
/// </summary>
internal static class DirectionMark
{
    private const int LongestChain = 100;

    public static bool Forbids(SchemaCompilation compilation, DocumentNode property, [NotNullWhen(true)] out CompiledSchema? refusal)
    {
        string? keyword = compilation.Options.Direction switch
        {
            MessageDirection.Request => "readOnly",
            MessageDirection.Response => "writeOnly",
            _ => null,
        };
        bool isForbidden = keyword is not null && IsMarked(compilation, property, keyword);
        refusal = !isForbidden ? null : keyword == "readOnly" ? Refusals.Of(keyword, "is read-only: a request must not have it") : Refusals.Of(keyword!, "is write-only: a response must not have it");
        return isForbidden;
    }

    // The mark may stand beside the reference (3.1) or where it leads.
    private static bool IsMarked(SchemaCompilation compilation, DocumentNode? property, string keyword)
    {
        for (int steps = 0; property is ObjectNode schema && steps < LongestChain; steps++)
        {
            bool refers = schema["$ref"] is ScalarNode { Kind: ScalarKind.String };
            if ((schema[keyword] as ScalarNode)?.AsBoolean() == true && !(refers && compilation.Options.Dialect == SchemaDialect.OpenApi30))
                return true;
            property = refers ? compilation.Resolve(schema, "$ref") : null;
        }

        return false;
    }
}
