using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A set as RFC 7517 §5 writes it. Its keys are read one by one, so that one of another kind does not spoil the others.</summary>
internal sealed record JsonWebKeySet
{
    [JsonPropertyName("keys")]
    public required IReadOnlyList<JsonElement> Keys { get; init; }
}
