using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;
using Headgate.Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// Writes answers for <see cref="KeptAnswerReader"/>. Little-endian: the number of the form (1 byte), the time at which it is over (8, Unix milliseconds), status (2), marks (1), number of field lines (2);
/// name and value of each; where the marks say so, an error; then the body, to the end. A text is its length in bytes (4; -1 for null) and UTF-8. Stateless, thread-safe.
/// </summary>
internal static class KeptAnswerWriter
{
    /// <summary>The form that is written.</summary>
    public const byte Form = 1;

    /// <summary>The mark of an answer whose body is kept.</summary>
    public const byte IsWhole = 1;

    /// <summary>The mark of one that is an error in the API's own dialect.</summary>
    public const byte IsError = 2;

    /// <summary>The bytes before the number of field lines.</summary>
    public const int HeadBytes = sizeof(byte) + sizeof(long) + sizeof(ushort) + sizeof(byte);

    // What tells of one exchange and not of the answer.
    private static readonly FrozenSet<string> s_ofTheExchange = FrozenSet.ToFrozenSet(
        [
            "Connection", "Content-Length", "Date", "Keep-Alive", "RateLimit", "RateLimit-Policy", "traceparent", "tracestate", "Trailer", "Transfer-Encoding", "Via", "X-Correlation-ID",
            "X-Request-ID",
        ],
        StringComparer.OrdinalIgnoreCase);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>The answer as it is kept.</summary>
    /// <param name="expiresAt">Until when it is given again.</param>
    /// <param name="status">Its status.</param>
    /// <param name="headers">Its header fields; what tells of the exchange is left out.</param>
    /// <param name="failure">The error that it is; null for none.</param>
    /// <param name="body">Its body; null when that was too large.</param>
    public static byte[] Write(DateTimeOffset expiresAt, int status, IHeaderDictionary headers, GatewayFailure? failure, ReadOnlyMemory<byte>? body)
    {
        ArrayBufferWriter<byte> buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        Span<byte> start = buffer.GetSpan(HeadBytes);
        start[0] = Form;
        BinaryPrimitives.WriteInt64LittleEndian(start[1..], expiresAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt16LittleEndian(start[9..], (ushort)status);
        start[11] = (byte)((body is not null ? IsWhole : 0) | (failure is not null ? IsError : 0));
        buffer.Advance(HeadBytes);
        WriteFields(buffer, headers);
        if (failure is not null)
            WriteError(buffer, failure);
        return body is { } bytes ? [.. buffer.WrittenSpan, .. bytes.Span] : buffer.WrittenSpan.ToArray();
    }

    private static void WriteFields(ArrayBufferWriter<byte> buffer, IHeaderDictionary headers)
    {
        int lines = 0;
        foreach ((string name, StringValues values) in headers)
            lines += s_ofTheExchange.Contains(name) ? 0 : values.Count;
        WriteCount(buffer, lines);
        foreach ((string name, StringValues values) in headers)
        {
            if (s_ofTheExchange.Contains(name))
                continue;
            for (int i = 0; i < values.Count; i++)
            {
                WriteText(buffer, name);
                WriteText(buffer, values[i] ?? "");
            }
        }
    }

    private static void WriteError(ArrayBufferWriter<byte> buffer, GatewayFailure failure)
    {
        WriteText(buffer, failure.Kind.Code);
        WriteText(buffer, failure.Kind.Title);
        WriteText(buffer, failure.Detail);
        WriteText(buffer, failure.Service);
        WriteCount(buffer, failure.Errors.Count);
        foreach (FailureDetail detail in failure.Errors)
        {
            WriteText(buffer, detail.Pointer);
            WriteText(buffer, detail.Detail);
        }
    }

    private static void WriteCount(ArrayBufferWriter<byte> buffer, int count)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.GetSpan(sizeof(ushort)), checked((ushort)count));
        buffer.Advance(sizeof(ushort));
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string? text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);
        Span<byte> room = buffer.GetSpan(sizeof(int) + most);
        int length = text is null ? -1 : Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        buffer.Advance(sizeof(int) + Math.Max(length, 0));
    }
}
