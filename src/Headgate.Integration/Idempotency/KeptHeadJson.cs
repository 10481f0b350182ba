using System.Text.Json.Serialization;

namespace Headgate.Integration.Idempotency;

/// <summary>Reads and writes heads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptHead))]
internal sealed partial class KeptHeadJson : JsonSerializerContext;
