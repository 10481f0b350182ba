using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Framework;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Forwarding.Tls;
using Headgate.Gateway.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The framework's HTTP client: for TLS, HTTP/2 and, where it is chosen, for everything. Thread-safe. Disposing it closes the connections.
/// </summary>
internal sealed class FrameworkTransport : UpstreamTransport, IDisposable
{
    private readonly ConcurrentDictionary<(UpstreamInstance Instance, TimeSpan Connect), FrameworkClient> _clients = new();
    private readonly SocketTransportOptions _options;
    private readonly Func<UpstreamInstance, SslClientAuthenticationOptions>? _tls;
    private readonly TimeProvider _time;

    /// <param name="options">The bounds of connections.</param>
    /// <param name="time">Clock of timings and timeouts.</param>
    /// <param name="tls">The TLS settings towards an instance; null for the operating system's trust and no client certificate.</param>
    public FrameworkTransport(SocketTransportOptions options, TimeProvider time, Func<UpstreamInstance, SslClientAuthenticationOptions>? tls = null)
    {
        _options = options;
        _time = time;
        _tls = tls;
    }

    public override async ValueTask<UpstreamResult> SendAsync(GatewayContext context, UpstreamCall call)
    {
        HttpMessageInvoker client = ClientOf(call);
        var clock = new CallClock(call, _time, context.RequestAborted);
        ClientBodyContent? content = FrameworkRequest.HasContent(context.Request) ? new ClientBodyContent(context, clock) : null;
        if (FrameworkRequest.Create(context, call, content) is not { } request)
        {
            await clock.DisposeAsync();
            return new UpstreamResult(ErrorCatalogue.RequestFramingInvalid, MayMoveOn: false);
        }

        try
        {
            clock.Arm(call.Timeouts.Headers);
            context.Timings.UpstreamConnectedAt = _time.GetTimestamp();
            HttpResponseMessage response = await client.SendAsync(request, clock.Token);
            context.Timings.UpstreamHeadAt = _time.GetTimestamp();
            clock.HeadReceived();
            if (FrameworkResponse.TryApply(response, context, call.Method))
            {
                context.Response.Body = MakeBody(response, call, clock);
                return UpstreamResult.Success;
            }

            request.Dispose();
            response.Dispose();
            await clock.DisposeAsync();
            return new UpstreamResult(ErrorCatalogue.UpstreamResponseInvalid, MayMoveOn: false);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            UpstreamResult result = FrameworkFailure.ResultOf(error, context, content);
            request.Dispose();
            await clock.DisposeAsync();
            if (content is not null)
                await content.WhenLetGoAsync();
            return result;
        }
    }

    public override void Retire(UpstreamInstance instance)
    {
        foreach (var key in _clients.Keys)
        {
            if (ReferenceEquals(key.Instance, instance) && _clients.TryRemove(key, out FrameworkClient? client))
                client.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (FrameworkClient client in _clients.Values)
            client.Dispose();
        _clients.Clear();
    }

    private static ResponseBody MakeBody(HttpResponseMessage response, in UpstreamCall call, CallClock clock) =>
        response.StatusCode == HttpStatusCode.SwitchingProtocols
            ? new FrameworkUpgradedBody(response, clock, call.Timeouts.Idle)
            : new FrameworkResponseBody(response, clock, call, HttpMethods.IsHead(call.Method));

    // Files that were renewed make a new client. The old one is let go of and not disposed: a call may just be about to use it, and its connections end by their idle time.
    private HttpMessageInvoker ClientOf(in UpstreamCall call)
    {
        (UpstreamInstance Instance, TimeSpan Connect) key = (call.Instance, call.Timeouts.Connect);
        TlsMaterial? material = key.Instance.Tls?.Current;
        FrameworkClient client = _clients.GetOrAdd(key, static (key, self) => self.MakeClient(key.Instance, key.Connect), this);
        if (ReferenceEquals(client.Material, material))
            return client.Invoker;
        FrameworkClient renewed = MakeClient(key.Instance, key.Connect);
        return _clients.AddOrUpdate(key, static (_, renewed) => renewed, static (_, now, renewed) => ReferenceEquals(now.Material, renewed.Material) ? now : renewed, renewed).Invoker;
    }

    private FrameworkClient MakeClient(UpstreamInstance instance, TimeSpan connectTimeout) =>
        FrameworkClient.Create(_options, connectTimeout, instance.Tls?.Current, _tls?.Invoke(instance));
}
