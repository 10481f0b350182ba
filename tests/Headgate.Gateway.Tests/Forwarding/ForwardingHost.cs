using Headgate.Gateway.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>A Kestrel that hands every request to one transport and one instance: the forwarder without the gateway around it.</summary>
internal sealed class ForwardingHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ForwardingHost(WebApplication app, ForwardingApplication application)
    {
        _app = app;
        Application = application;
    }

    public ForwardingApplication Application { get; }

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public UpstreamInstance Instance => Application.Instance;

    /// <summary>Starts in front of an upstream.</summary>
    /// <param name="upstream">The upstream's address.</param>
    /// <param name="timeouts">Null for the defaults.</param>
    /// <param name="protocols">What clients speak.</param>
    /// <param name="transport">Null for the socket transport with its defaults.</param>
    public static async Task<ForwardingHost> StartAsync(
        Uri upstream,
        UpstreamTimeouts? timeouts = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        UpstreamTransport? transport = null)
    {
        WebApplication app = TestLoops.BuildServer(
            kestrel =>
            {
                ClientConnectionRules.Apply(kestrel);
                kestrel.Limits.MaxRequestBodySize = null;
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(2);
            },
            protocols);
        var application = new ForwardingApplication(upstream, timeouts ?? UpstreamTimeouts.Default, transport ?? new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System));
        await app.Services.GetRequiredService<IServer>().StartAsync(application, CancellationToken.None);
        return new ForwardingHost(app, application);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.Services.GetRequiredService<IServer>().StopAsync(now.Token);
        await _app.DisposeAsync();
        (Application.Transport as IDisposable)?.Dispose();
    }
}
