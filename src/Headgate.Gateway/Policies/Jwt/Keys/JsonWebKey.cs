using System.Text.Json.Serialization;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>A key as RFC 7517 §4 and RFC 7518 §6 write it; private parts are not read.</summary>
internal sealed record JsonWebKey
{
    [JsonPropertyName("kty")]
    public string? KeyType { get; init; }

    [JsonPropertyName("kid")]
    public string? KeyId { get; init; }

    [JsonPropertyName("use")]
    public string? Use { get; init; }

    [JsonPropertyName("key_ops")]
    public IReadOnlyList<string>? Operations { get; init; }

    [JsonPropertyName("alg")]
    public string? Algorithm { get; init; }

    [JsonPropertyName("crv")]
    public string? Curve { get; init; }

    [JsonPropertyName("x")]
    public string? X { get; init; }

    [JsonPropertyName("y")]
    public string? Y { get; init; }

    [JsonPropertyName("n")]
    public string? Modulus { get; init; }

    [JsonPropertyName("e")]
    public string? Exponent { get; init; }

    [JsonPropertyName("k")]
    public string? Secret { get; init; }
}
