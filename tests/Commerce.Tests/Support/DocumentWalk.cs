using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>Walks through a document.</summary>
internal static class DocumentWalk
{
    /// <summary>Every object that is a <c>$ref</c>.</summary>
    public static IEnumerable<JsonNode> References(JsonNode? node) => node switch
    {
        JsonObject reference when reference["$ref"] is JsonValue => [reference],
        JsonObject members => members.SelectMany(member => References(member.Value)),
        JsonArray entries => entries.SelectMany(References),
        _ => [],
    };
}
