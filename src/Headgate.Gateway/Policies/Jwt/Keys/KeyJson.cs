using System.Text.Json.Serialization;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>How what issuers publish is read.</summary>
[JsonSourceGenerationOptions(MaxDepth = 8, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JsonWebKeySet))]
[JsonSerializable(typeof(JsonWebKey))]
[JsonSerializable(typeof(DiscoveryDocument))]
internal sealed partial class KeyJson : JsonSerializerContext;
