using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>What follows a 101 over the framework's client: bytes both ways until one side ends.</summary>
internal sealed class FrameworkUpgradedBody(HttpResponseMessage response, CallClock clock, TimeSpan idleTimeout) : ResponseBody
{
    private const int BufferBytes = 16 * 1024;

    public override async ValueTask WriteAsync(GatewayContext context)
    {
        Stream client = await context.Request.UpgradeAsync();
        await using Stream upstream = await response.Content.ReadAsStreamAsync(clock.Token);
        Task<bool> toUpstream = CopyAsync(client, upstream);
        Task<bool> toClient = CopyAsync(upstream, client);
        Task<bool> first = await Task.WhenAny(toUpstream, toClient);

        // A stream of TLS or of the framework has no half-close: the end of one direction is the end of both.
        bool orderly = await first;
        await clock.DisposeAsync();
        await Task.WhenAll(toUpstream, toClient);
        if (!orderly)
            context.AbortClient();
    }

    public override async ValueTask DisposeAsync(GatewayContext context)
    {
        response.RequestMessage?.Dispose();
        response.Dispose();
        await clock.DisposeAsync();
    }

    private async Task<bool> CopyAsync(Stream from, Stream to)
    {
        byte[] buffer = new byte[BufferBytes];
        CancellationToken stop = clock.Token;
        try
        {
            while (await from.ReadAsync(buffer, stop) is > 0 and var count)
            {
                clock.Arm(idleTimeout);
                await to.WriteAsync(buffer.AsMemory(0, count), stop);
                await to.FlushAsync(stop);
            }

            return true;
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }
}
