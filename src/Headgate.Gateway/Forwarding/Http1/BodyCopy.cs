using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// Copies a response body from an upstream connection to a client as it comes. Before each wait everything that came is flushed, so that an
/// event is never held back; a flush waits for a slow client, so that what lies between the two is bounded. Each copy tells whether it came
/// to the body's proper end.
/// </summary>
internal static class BodyCopy
{
    private const int ReadBytes = 32 * 1024;
    private const int FlushBytes = 64 * 1024;

    /// <summary>RFC 9112 §6.3: exactly <paramref name="length"/> bytes, or the message is incomplete.</summary>
    public static ValueTask<bool> CopyLengthAsync(UpstreamConnection connection, GatewayContext context, long length, TimeSpan idleTimeout) =>
        CopyAsync(connection, context, length, idleTimeout);

    /// <summary>RFC 9112 §6.3: all until the upstream closes in an orderly way; a reset is no end.</summary>
    public static ValueTask<bool> CopyUntilCloseAsync(UpstreamConnection connection, GatewayContext context, TimeSpan idleTimeout) =>
        CopyAsync(connection, context, null, idleTimeout);

    /// <summary>RFC 9112 §7.1: chunk by chunk; over HTTP/1.1 framed anew for the client, with the trailers behind.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<bool> CopyChunkedAsync(UpstreamConnection connection, GatewayContext context, TimeSpan idleTimeout)
    {
        int ahead = LookAhead.ForChunks(connection);
        if (ahead is 0 or EventSocket.Failed)
            return false;
        var writer = new ChunkedWriter(context);
        var decoder = new ChunkedDecoder();
        bool mustFlush = true;
        int unflushed = 0;
        while (true)
        {
            ChunkedEvent next = decoder.Read(connection.Received, out int framingBytes, out int dataBytes);
            connection.Consume(framingBytes);
            switch (next)
            {
                case ChunkedEvent.Data:
                    writer.WriteData(connection.Received[..dataBytes]);
                    connection.Consume(dataBytes);
                    unflushed += dataBytes;
                    if (unflushed < FlushBytes)
                        continue;
                    break;
                case ChunkedEvent.End:
                    WriteEnd(writer, decoder.Trailers);
                    return await FlushStartedAsync(connection, context, idleTimeout);
                case ChunkedEvent.Invalid:
                    return false;
                default:
                    if (ahead != EventSocket.NothingYet && connection.ReceiveAvailable(ReadBytes) > 0)
                        continue;
                    ahead = 0;
                    break;
            }

            if ((mustFlush || unflushed > 0) && !await FlushAsync(connection, context, idleTimeout))
                return false;
            mustFlush = false;
            unflushed = 0;
            if (next == ChunkedEvent.Data)
                continue;
            connection.ReceiveMore();
            int count = await connection.WhenReceived();
            if (count <= 0)
                return false;
            connection.Append(count);
            connection.Deadline = StageDeadline.After(idleTimeout);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> CopyAsync(UpstreamConnection connection, GatewayContext context, long? length, TimeSpan idleTimeout)
    {
        PipeWriter writer = context.Response.Writer;
        long remaining = length ?? long.MaxValue;
        int ahead = LookAhead.ForBytes(connection, remaining);
        if (ahead == EventSocket.Failed || (ahead == 0 && (length is not null || connection.HasSendFailed)))
            return false;

        // Kestrel keeps what is written before the head in buffers of its own and copies it behind the head; written after it, one copy is enough.
        await context.Response.StartAsync(CancellationToken.None);
        remaining -= WriteReceived(connection, context, remaining);
        if (ahead == 0)
            return await FlushStartedAsync(connection, context, idleTimeout);
        int unflushed = 0;

        // The head goes out with what there is; an event stream's first event may be long in coming.
        bool mustFlush = true;
        while (remaining > 0)
        {
            Memory<byte> room = default;
            int count = ahead == EventSocket.NothingYet ? ahead : connection.ReceiveAvailable((room = Room(writer, remaining)).Span);
            ahead = 1;
            if (count == EventSocket.NothingYet)
            {
                if ((mustFlush || unflushed > 0) && !await FlushAsync(connection, context, idleTimeout))
                    return false;
                mustFlush = false;
                unflushed = 0;
                room = Room(writer, remaining);
                count = await connection.ReceiveAsync(room);
                connection.Deadline = StageDeadline.After(idleTimeout);
            }

            if (count <= 0)
                return length is null && count == 0 && !connection.HasSendFailed && await FlushStartedAsync(connection, context, idleTimeout);
            context.Response.Passed(room.Span[..count]);
            writer.Advance(count);
            remaining -= count;
            unflushed += count;
            if (unflushed < FlushBytes)
                continue;
            if (!await FlushAsync(connection, context, idleTimeout))
                return false;
            unflushed = 0;
        }

        return await FlushStartedAsync(connection, context, idleTimeout);
    }

    private static void WriteEnd(ChunkedWriter writer, IReadOnlyList<FieldLine> trailers)
    {
        writer.BeginEnd();
        foreach (FieldLine trailer in trailers)
            writer.WriteTrailer(trailer.Name, trailer.Value);
        writer.End();
    }

    private static int WriteReceived(UpstreamConnection connection, GatewayContext context, long most)
    {
        int count = (int)Math.Min(most, connection.ReceivedCount);
        PipeWriter writer = context.Response.Writer;

        // In one piece, which is cheaper to send than the many small ones that Write would fill.
        connection.Received[..count].CopyTo(writer.GetSpan(count));
        writer.Advance(count);
        context.Response.Passed(connection.Received[..count]);
        connection.Consume(count);
        return count;
    }

    private static Memory<byte> Room(PipeWriter writer, long remaining)
    {
        int most = (int)Math.Min(remaining, ReadBytes);
        return writer.GetMemory(most)[..most];
    }

    // At the end of a request Kestrel flushes head and body together, but not what was written after an earlier flush.
    private static ValueTask<bool> FlushStartedAsync(UpstreamConnection connection, GatewayContext context, TimeSpan idleTimeout) =>
        context.Response.HasStarted ? FlushAsync(connection, context, idleTimeout) : new ValueTask<bool>(true);

    private static async ValueTask<bool> FlushAsync(UpstreamConnection connection, GatewayContext context, TimeSpan idleTimeout)
    {
        FlushResult result = await context.Response.Writer.FlushAsync();
        connection.Deadline = StageDeadline.After(idleTimeout);
        return !result.IsCompleted && !context.ClientGone;
    }
}
