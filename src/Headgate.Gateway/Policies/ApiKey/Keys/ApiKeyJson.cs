using System.Text.Json.Serialization;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>How the roles of a key stand in the store.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ApiKeyRole>))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
