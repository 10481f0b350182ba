using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Aggregation;

/// <summary>The answers of the parts as the members of one object, byte for byte as they came. One per <see cref="AggregateRun"/>, reused.</summary>
internal sealed class AggregateBody(AggregateRun run) : ResponseBody
{
    /// <summary>The member that tells which parts failed.</summary>
    public const string ErrorsField = "errors";

    private const int FlushBytes = 64 * 1024;

    private ReadOnlyMemory<byte> _errors;
    private int _unflushed;

    /// <summary>Makes it the answer.</summary>
    public void Begin(GatewayContext context)
    {
        _errors = FailedParts() ? WriteErrors() : default;
        _unflushed = 0;
        ClientResponse response = context.Response;
        response.Headers.ContentType = "application/json";
        response.Headers.ContentLength = Length();

        // What is whole again a moment later must not outlive the failure in caches.
        if (!_errors.IsEmpty)
            response.Headers.CacheControl = "no-store";
        else
            PartCaching.Join(run, response.Headers);
        response.Body = this;
    }

    public override async ValueTask WriteAsync(GatewayContext context)
    {
        if (context.Request.Method == "HEAD")
            return;
        Write(context, "{"u8);
        for (int i = 0; i < run.Count; i++)
        {
            if (i > 0)
                Write(context, ","u8);
            Write(context, run.Plan.Parts[i].Name);
            if (!await WriteAsync(context, run[i].Answer.Value))
                return;
        }

        if (!await WriteAsync(context, _errors))
            return;
        Write(context, "}"u8);

        // What follows an earlier flush is not flushed with the end of the request.
        if (context.Response.HasStarted)
            await context.Response.Writer.FlushAsync();
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        run.Release();
        return ValueTask.CompletedTask;
    }

    private static int Comma(int count) => count > 0 ? 1 : 0;

    // False when the client has gone away meanwhile.
    private async ValueTask<bool> WriteAsync(GatewayContext context, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            // A name goes out whole, be it beyond the bound.
            int count = Math.Clamp(FlushBytes - _unflushed, 0, bytes.Length);
            Write(context, bytes.Span[..count]);
            bytes = bytes[count..];
            if (_unflushed < FlushBytes)
                continue;
            _unflushed = 0;
            FlushResult flushed = await context.Response.Writer.FlushAsync();
            if (flushed.IsCompleted || context.ClientGone)
            {
                context.Fail(new GatewayFailure(ErrorCatalogue.ClientClosedRequest, "The client went away while the response was sent."));
                context.AbortClient();
                return false;
            }
        }

        return true;
    }

    private void Write(GatewayContext context, ReadOnlySpan<byte> bytes)
    {
        context.Response.Writer.Write(bytes);
        context.Response.Passed(bytes);
        _unflushed += bytes.Length;
    }

    private long Length()
    {
        long length = "{}".Length + _errors.Length;
        for (int i = 0; i < run.Count; i++)
            length += Comma(i) + run.Plan.Parts[i].Name.Length + run[i].Answer.Value.Length;
        return length;
    }

    private bool FailedParts()
    {
        for (int i = 0; i < run.Count; i++)
        {
            if (run[i].Failure is not null)
                return true;
        }

        return false;
    }

    // ,"errors":[{"part":"…","service":"…","code":"…","status":504,"detail":"…"}]
    private ReadOnlyMemory<byte> WriteErrors()
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(",\"errors\":"u8);
        using var json = new Utf8JsonWriter(buffer, ErrorJson.Options);
        json.WriteStartArray();
        for (int i = 0; i < run.Count; i++)
        {
            PartRun part = run[i];
            if (part.Failure is not { } failure)
                continue;
            json.WriteStartObject();
            json.WriteString("part"u8, part.Plan.Field);
            json.WriteString("service"u8, failure.Service ?? part.Plan.Service);
            json.WriteString("code"u8, failure.Kind.Code);
            json.WriteNumber("status"u8, part.RefusedWith == 0 ? failure.Kind.Status : part.RefusedWith);
            json.WriteString("detail"u8, failure.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
