using System.Buffers;
using System.Globalization;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Integration.Events.Log;
using Headgate.Storage;

namespace Headgate.Integration.Operations.Api;

/// <summary>
/// What an operation tells, as it comes, until it has ended (https://html.spec.whatwg.org/multipage/server-sent-events.html). A client that reads slowly is not read ahead for: there is one page of the
/// log in memory for it, and the next is read when that is handed over.
/// </summary>
internal sealed class LogStreamBody(LogReader logs, OperationRecord record, LoggedPage first, LogStreams streams, string caller) : ResponseBody
{
    public const string MediaType = "text/event-stream";

    /// <summary>The most entries that a client's stream has in memory.</summary>
    public const int PageSize = 20;

    /// <summary>How often something is sent when there is nothing to tell, so that nobody in between takes the connection for dead.</summary>
    public static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(15);

    /// <summary>The longest that a stream lasts. Who comes again then is asked anew who he is and what he may see: he may have lost it meanwhile.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(5);

    private const int FlushBytes = 16 * 1024;

    public override async ValueTask WriteAsync(GatewayContext context)
    {
        if (context.Request.Method == "HEAD")
            return;
        using var over = new CancellationTokenSource(LongestTime, context.Clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, streams.Stopping, over.Token);
        Write(context, first.Recovered ? "retry: 1000\n\n"u8 : "retry: 1000\n\nevent: incomplete\ndata: {\"recovered\":false}\n\n"u8);
        try
        {
            await FollowAsync(context, ended.Token);
        }
        catch (StoreException)
        {
            // The store's own log has the reason. The client comes again, and goes on from where it was.
        }
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        streams.Leave(caller);
        return ValueTask.CompletedTask;
    }

    private async ValueTask FollowAsync(GatewayContext context, CancellationToken ended)
    {
        for (LoggedPage page = first; ; page = await logs.ReadAsync(record.Id, page.Next, PageSize, CancellationToken.None))
        {
            if (!await WriteAsync(context, page) || (page is { IsAtEnd: true, HasEnded: true }) || ended.IsCancellationRequested)
                return;
            while (page.IsAtEnd && await logs.WaitAsync(record, page.End, AliveEvery, ended) != EventWait.Appended)
            {
                if (ended.IsCancellationRequested)
                    return;
                Write(context, ":\n\n"u8);
                if (!await FlushAsync(context))
                    return;
            }
        }
    }

    /// <summary>Hands a page over; false when the client is gone.</summary>
    private static async ValueTask<bool> WriteAsync(GatewayContext context, LoggedPage page)
    {
        long flushedAt = context.Response.BodyBytes;
        foreach (LoggedEntry entry in page.Entries)
        {
            Write(context, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {entry.Offset}\nevent: {entry.Type}\ndata: ")));

            // The writer of JSON breaks no lines.
            Write(context, entry.Data);
            Write(context, "\n\n"u8);
            if (context.Response.BodyBytes - flushedAt < FlushBytes)
                continue;
            if (!await FlushAsync(context))
                return false;
            flushedAt = context.Response.BodyBytes;
        }

        return await FlushAsync(context);
    }

    private static async ValueTask<bool> FlushAsync(GatewayContext context) => !(await context.Response.Writer.FlushAsync()).IsCompleted && !context.ClientGone;

    private static void Write(GatewayContext context, ReadOnlySpan<byte> bytes)
    {
        context.Response.Writer.Write(bytes);
        context.Response.Passed(bytes);
    }
}
