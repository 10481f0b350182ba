using System.Globalization;
using System.Text.Json;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.Server.Admin;

namespace Headgate.Server.Tests.Support;

/// <summary>Holds answers of the admin API to its document, with Headgate's own validator.</summary>
internal static class DocumentedAnswer
{
    private static ApiDocument Api => AdminDocument.Current.Api;

    /// <summary>Fails when an answer is not what the document promises of the operation, or has a member that the document does not tell.</summary>
    public static void Check(ApiOperation operation, int status, string? mediaType, byte[] body)
    {
        DocumentNode? content = ContentOf(operation, status);
        if (content is null)
        {
            Assert.True(body.Length == 0, $"{operation.Id} answers {status} with a body; the document says that it has none.");
            return;
        }

        DocumentNode? schema = ((content as ObjectNode)?[mediaType ?? ""] as ObjectNode)?["schema"];
        Assert.True(schema is not null, $"{operation.Id} answers {status} as {mediaType}, which the document does not say.");
        var diagnostics = new DiagnosticBag();
        var compiler = new SchemaCompiler(new DocumentReferences(Api.References), new SchemaOptions { Direction = MessageDirection.Response, AssertFormats = true }, diagnostics);
        SchemaValidator validator = compiler.Compile(schema);
        Assert.Empty(diagnostics.Items);
        var session = new ValidationSession();
        Assert.True(validator.Validate(body, session), $"{operation.Id} answers {status}: {string.Join(' ', session.Violations)}");
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Empty(Undocumented(json.RootElement, schema, operation.Id));
    }

    private static DocumentNode? ContentOf(ApiOperation operation, int status)
    {
        var responses = (ObjectNode)operation.Node["responses"]!;
        DocumentNode? response = responses[status.ToString(CultureInfo.InvariantCulture)] ?? responses["default"];
        return ((ObjectNode)Api.References.Follow(response)!)["content"];
    }

    private static IEnumerable<string> Undocumented(JsonElement value, DocumentNode schema, string place)
    {
        ObjectNode[] parts = [.. Parts(schema)];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Among(item, parts.Select(part => part["items"]), $"{place}/{index}")),
            JsonValueKind.Object when parts.Any(part => part.Contains("properties") || part.Contains("additionalProperties")) =>
                value.EnumerateObject().SelectMany(member => Among(member.Value, parts.Select(part => (part["properties"] as ObjectNode)?[member.Name] ?? part["additionalProperties"]), $"{place}/{member.Name}")),
            _ => [],
        };
    }

    private static IEnumerable<string> Among(JsonElement value, IEnumerable<DocumentNode?> candidates, string place)
    {
        ObjectNode[] schemas = [.. candidates.OfType<ObjectNode>()];
        return schemas.Length == 0 ? [place] : schemas.SelectMany(schema => Undocumented(value, schema, place));
    }

    private static IEnumerable<ObjectNode> Parts(DocumentNode schema)
    {
        var node = (ObjectNode)Api.References.Follow(schema)!;
        string[] combinators = ["allOf", "anyOf", "oneOf"];
        return combinators.SelectMany(name => (node[name] as ArrayNode)?.Items ?? []).SelectMany(Parts).Prepend(node);
    }
}
