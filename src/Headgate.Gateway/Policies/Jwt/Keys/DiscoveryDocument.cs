using System.Text.Json.Serialization;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>What of an issuer's configuration is heard (OpenID Connect Discovery 1.0 §3).</summary>
internal sealed record DiscoveryDocument
{
    [JsonPropertyName("issuer")]
    public string? Issuer { get; init; }

    [JsonPropertyName("jwks_uri")]
    public string? KeysUri { get; init; }
}
