using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Errors;

/// <summary>The envelope <c>{success, error, meta}</c>: <c>x-gateway-config.errors.dialect: envelope</c>.</summary>
internal sealed class EnvelopeDialect : ErrorDialect
{
    public static EnvelopeDialect Instance { get; } = new();

    public override string Name => "envelope";

    public override string ContentType => "application/json";

    public override void Write(GatewayFailure failure, GatewayContext context, DateTimeOffset now, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, ErrorJson.Options);
        json.WriteStartObject();
        json.WriteBoolean("success"u8, false);
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, failure.Kind.Code);
        json.WriteString("message"u8, failure.Detail);
        if (failure.Errors.Count > 0 || failure.Service is not null)
            WriteDetails(json, failure);
        json.WriteEndObject();

        json.WriteStartObject("meta"u8);
        json.WriteString("request_id"u8, $"req_{context.RequestId}");
        ErrorJson.WriteTimestamp(json, now);
        json.WriteString("api_version"u8, context.Operation?.Api.Document.ApiVersion ?? "");
        if (failure.RetryAfter is { } wait)
            json.WriteNumber("retry_after"u8, (long)Math.Ceiling(wait.TotalSeconds));
        if (failure.Quota is { } quota)
            WriteQuota(json, quota, now + (failure.RetryAfter ?? TimeSpan.Zero));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteQuota(Utf8JsonWriter json, FailureQuota quota, DateTimeOffset reset)
    {
        json.WriteNumber("limit"u8, quota.Limit);
        json.WriteNumber("remaining"u8, quota.Remaining);
        json.WriteString("reset"u8, reset.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static void WriteDetails(Utf8JsonWriter json, GatewayFailure failure)
    {
        json.WriteStartObject("details"u8);
        if (failure.Service is not null)
            json.WriteString("service"u8, failure.Service);
        if (failure.Errors is [var first, ..])
        {
            json.WriteString("field"u8, FieldOf(first));
            json.WriteString("reason"u8, first.Detail);
        }

        if (failure.Errors.Count > 1)
            WriteAll(json, failure.Errors);
        json.WriteEndObject();
    }

    // The printed form has one field and its reason; where there are more, all of them stand beside it.
    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<FailureDetail> errors)
    {
        json.WriteStartArray("errors"u8);
        foreach (FailureDetail error in errors)
        {
            json.WriteStartObject();
            json.WriteString("field"u8, FieldOf(error));
            json.WriteString("reason"u8, error.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // "/database/size" is database.size, "#/query/page" is query.page, and the whole body is body.
    private static string FieldOf(FailureDetail error)
    {
        string path = error.Pointer.TrimStart('#').TrimStart('/').Replace('/', '.').Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        return path.Length == 0 ? "body" : path;
    }
}
