using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Errors;

/// <summary>RFC 9457 problem details: the default.</summary>
internal sealed class ProblemDialect : ErrorDialect
{
    public static ProblemDialect Instance { get; } = new();

    public override string Name => "problem";

    public override string ContentType => "application/problem+json";

    public override void Write(GatewayFailure failure, GatewayContext context, DateTimeOffset now, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, ErrorJson.Options);
        json.WriteStartObject();
        json.WriteString("type"u8, failure.Kind.TypeUri);
        json.WriteString("title"u8, failure.Kind.Title);
        json.WriteNumber("status"u8, failure.Kind.Status);
        json.WriteString("detail"u8, failure.Detail);
        json.WriteString("instance"u8, context.Request.Path);
        json.WriteString("code"u8, failure.Kind.Code);
        json.WriteString("traceId"u8, context.Trace.TraceId);
        if (failure.Service is not null)
            json.WriteString("service"u8, failure.Service);
        if (failure.Errors.Count > 0)
            ErrorJson.WriteErrors(json, "errors", failure.Errors);
        json.WriteEndObject();
    }
}
