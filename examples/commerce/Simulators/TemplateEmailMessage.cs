using System.Text.Json;
using System.Text.Json.Serialization;

namespace Commerce.Simulators;

internal sealed record TemplateEmailMessage
{
    public required string To { get; init; }

    public required string From { get; init; }

    [JsonPropertyName("template_id")]
    public required string TemplateId { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Variables { get; init; }
}
