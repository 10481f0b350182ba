using System.Buffers;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>
/// What follows a 101: the bytes of another protocol, passed on both ways as they come until one side ends. Each direction has one buffer, so a slow reader
/// slows the writer. One per upgraded exchange.
/// </summary>
internal sealed class UpgradedBody : ResponseBody
{
    private const int BufferBytes = 16 * 1024;

    private readonly UpstreamConnection _connection;
    private readonly TimeSpan _idleTimeout;

    public UpgradedBody(UpstreamConnection connection, TimeSpan idleTimeout)
    {
        _connection = connection;
        _idleTimeout = idleTimeout;
    }

    public override async ValueTask WriteAsync(GatewayContext context)
    {
        // A client that half-closes counts as gone for ordinary exchanges; here the other direction may go on.
        context.ListenForAbort(null);
        Touch();
        Stream client = await context.Request.UpgradeAsync();
        using var upstreamEnded = new CancellationTokenSource();
        Task toUpstream = CopyToUpstreamAsync(client, upstreamEnded.Token);
        bool orderly = await CopyToClientAsync(client, context);
        await upstreamEnded.CancelAsync();
        _connection.Close(CloseReason.NotReusable);
        await toUpstream;
        if (!orderly)
            context.AbortClient();
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        _connection.Close(CloseReason.NotReusable);
        _connection.End();
        _connection.Release();
        return ValueTask.CompletedTask;
    }

    private void Touch() => _connection.Deadline = StageDeadline.After(_idleTimeout);

    private async Task CopyToUpstreamAsync(Stream client, CancellationToken upstreamEnded)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await client.ReadAsync(buffer, upstreamEnded) is > 0 and var count)
            {
                Touch();
                if (!await _connection.SendAsync(buffer.AsMemory(0, count)))
                    return;
                Touch();
            }

            _connection.ShutdownSend();
        }
        catch (OperationCanceledException)
        {
            // The upstream ended the exchange; nobody takes what the client still sends.
            _connection.Close(CloseReason.NotReusable);
        }
        catch (IOException)
        {
            _connection.Close(CloseReason.ClientGone);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // True when the upstream ended in an orderly way.
    private async Task<bool> CopyToClientAsync(Stream client, GatewayContext context)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // What came behind the 101 in the same bytes is of the new protocol already.
            int count = _connection.ReceivedCount;
            _connection.Received.CopyTo(buffer = EnoughFor(count, buffer));
            _connection.Consume(count);
            while (true)
            {
                if (count > 0)
                {
                    await client.WriteAsync(buffer.AsMemory(0, count));
                    context.Response.Passed(buffer.AsSpan(0, count));
                }

                Touch();
                count = await _connection.ReceiveAsync(buffer);
                if (count <= 0)
                    return count == 0;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] EnoughFor(int count, byte[] buffer)
    {
        if (count <= buffer.Length)
            return buffer;
        ArrayPool<byte>.Shared.Return(buffer);
        return ArrayPool<byte>.Shared.Rent(count);
    }
}
