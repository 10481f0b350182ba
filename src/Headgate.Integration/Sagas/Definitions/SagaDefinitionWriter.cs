using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>Writes what of a document an operation's saga depends on. Stateless.</summary>
internal static class SagaDefinitionWriter
{
    private const string Scheme = "caller";
    private const string SchemeDefinition = "{\"securitySchemes\":{\"" + Scheme + "\":{\"type\":\"http\",\"scheme\":\"bearer\"}}}";

    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // What calls to services depend on; who may call, and how often, was decided when the saga began.
    private static readonly string[] s_config = ["services", "timeout", "retry", "circuitBreaker", "circuit_breaker", "tenancy", "errors"];

    /// <summary>The definition of an operation's saga.</summary>
    public static SagaDefinition Write(OperationScope scope) => SagaDefinition.Of(scope.Api.Name, WriteOperation(scope.Document, scope.Operation), WriteConfig(scope.Document));

    /// <summary>The settings of a document for calls to services.</summary>
    public static string WriteConfig(ApiDocument document) => ToText(json =>
    {
        json.WriteStartObject();
        foreach (ObjectMember member in (document.Root[GatewayConfigExtension.Definition.Name] as ObjectNode)?.Members ?? [])
        {
            if (s_config.Contains(member.Key))
                Write(json, member.Key, member.Value);
        }

        json.WriteEndObject();
    });

    private static string WriteOperation(ApiDocument document, ApiOperation operation)
    {
        bool hasCaller = operation.Security.Any(requirement => requirement.Schemes.Count > 0);
        string whole = ToText(json =>
        {
            json.WriteStartObject();
            Write(json, BackendExtension.Definition.Name, document.Root[BackendExtension.Definition.Name]);
            if (hasCaller)
                json.WriteRaw("components"u8, SchemeDefinition);
            json.WriteStartObject("paths"u8);
            json.WriteStartObject(operation.Path.Text);
            Write(json, BackendExtension.Definition.Name, (operation.Node.Parent as ObjectNode)?[BackendExtension.Definition.Name]);
            json.WriteStartObject(operation.Method.ToLowerInvariant());
            json.WriteString("operationId"u8, operation.Id);
            WriteRequest(json, operation, hasCaller);
            Write(json, BackendExtension.Definition.Name, operation.Node[BackendExtension.Definition.Name]);
            Write(json, SagaExtension.Definition.Name, operation.Node[SagaExtension.Definition.Name]);
            json.WriteRaw("responses"u8, """{"default":{"description":"The saga's"}}""");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        return whole[1..^1];
    }

    // Of a parameter a saga needs the name and the place: its value was checked when the saga began.
    private static void WriteRequest(Utf8JsonWriter json, ApiOperation operation, bool hasCaller)
    {
        json.WriteStartArray("parameters"u8);
        foreach (ApiParameter parameter in operation.Parameters.Where(parameter => parameter.In is ParameterLocation.Path or ParameterLocation.Query or ParameterLocation.Header))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, parameter.Name);
            json.WriteString("in"u8, parameter.In.ToString().ToLowerInvariant());
            json.WriteBoolean("required"u8, parameter.In == ParameterLocation.Path);
            json.WriteRaw("schema"u8, "{}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (operation.RequestBody is not null)
            json.WriteRaw("requestBody"u8, """{"content":{"application/json":{}}}""");
        json.WriteRaw("security"u8, hasCaller ? $$"""[{"{{Scheme}}":[]}]""" : "[]");
    }

    private static void Write(Utf8JsonWriter json, string name, DocumentNode? node)
    {
        if (node is null)
            return;
        json.WritePropertyName(name);
        json.WriteRawValue(NodeJson.Write(node), skipInputValidation: true);
    }

    private static void WriteRaw(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static string ToText(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
            write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
