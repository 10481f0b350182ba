using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Errors;

/// <summary>
/// The services' <c>{error, traceId, timestamp, service}</c>: <c>x-gateway-config.errors.dialect: service</c>. <c>error.service</c> is the upstream at fault,
/// the outer <c>service</c> is who speaks: the gateway.
/// </summary>
internal sealed class ServiceDialect : ErrorDialect
{
    private const string Speaker = "api-gateway";

    public static ServiceDialect Instance { get; } = new();

    public override string Name => "service";

    public override string ContentType => "application/json";

    public override void Write(GatewayFailure failure, GatewayContext context, DateTimeOffset now, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, ErrorJson.Options);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, failure.Kind.Code);
        json.WriteString("message"u8, failure.Detail);
        if (failure.Errors.Count > 0)
        {
            json.WriteStartObject("details"u8);
            ErrorJson.WriteErrors(json, "errors", failure.Errors);
            json.WriteEndObject();
        }

        if (failure.Service is not null)
            json.WriteString("service"u8, failure.Service);
        if (failure.RetryAfter is { } wait)
            json.WriteNumber("retryAfter"u8, (long)Math.Ceiling(wait.TotalSeconds));
        json.WriteEndObject();
        json.WriteString("traceId"u8, context.Trace.TraceId);
        ErrorJson.WriteTimestamp(json, now);
        json.WriteString("service"u8, Speaker);
        json.WriteEndObject();
    }
}
