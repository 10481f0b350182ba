using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Commerce.Shared.Web;

/// <summary>How every commerce service reads and writes JSON.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>
    /// For what strangers wrote and others only pass on (the data of events in the log): one of them that says a thing twice, or is deep, must not keep
    /// the others from being read. The log takes up to 64 levels, and puts them three deep.
    /// </summary>
    public static readonly JsonSerializerOptions Foreign = new(Options) { AllowDuplicateProperties = true, MaxDepth = 80 };

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("A stored document is null.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            MaxDepth = 32,
            // The answers are JSON documents and never placed inside HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
