using System.Net.Security;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;
using Headgate.Server.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using KestrelSocketOptions = Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.SocketTransportOptions;

namespace Headgate.Server.Hosting;

/// <summary>
/// The listeners of the data plane: Kestrel, which hands parsed requests to <see cref="GatewayApplication"/> without <c>HttpContext</c> in between.
/// </summary>
internal sealed class DataPlaneServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly List<(ListenAddress Wanted, ListenOptions Bound)> _listeners = [];
    private readonly ServerOptions _options;
    private readonly CertificateFile? _certificate;
    private readonly Func<ConnectionDelegate, ConnectionDelegate> _countConnections;

    public DataPlaneServer(ServerOptions options, CertificateFile? certificate, Func<ConnectionDelegate, ConnectionDelegate> countConnections, EventLoopGroup? loops, ILoggerFactory logs)
    {
        (_options, _certificate, _countConnections) = (options, certificate, countConnections);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Configure);
        builder.Services.Configure<KestrelSocketOptions>(transport => transport.UnsafePreferInlineScheduling = options.InlineScheduling);
        if (loops is not null)
            builder.Services.AddSingleton<IConnectionListenerFactory>(services => ActivatorUtilities.CreateInstance<EventLoopListenerFactory>(services, loops, TimeProvider.System));
        _host = builder.Build();
    }

    /// <summary>The addresses that were bound, with the ports that were taken.</summary>
    public IReadOnlyList<ListenAddress> Addresses =>
        [.. _listeners.Select(listener => listener.Bound.IPEndPoint is { } bound ? listener.Wanted.On(bound.Port) : listener.Wanted)];

    private IServer Server => _host.Services.GetRequiredService<IServer>();

    /// <summary>Opens the listeners.</summary>
    /// <exception cref="StartFailure">An address cannot be bound.</exception>
    public async Task StartAsync(GatewayApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await Server.StartAsync(application, cancellationToken);
        }
        catch (Exception exception) when (BindFailure.Explain(exception, "--listen", _options.Listen) is { } line)
        {
            throw new StartFailure(line, exception);
        }
    }

    /// <summary>Stops accepting, lets requests under way finish, and breaks off what is left when the token is cancelled.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void Configure(KestrelServerOptions kestrel)
    {
        ClientConnectionRules.Apply(kestrel);
        kestrel.AllowResponseHeaderCompression = true;
        ConnectionLimits limits = _options.Limits;
        kestrel.Limits.MaxConcurrentConnections = limits.Connections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
        kestrel.Limits.MaxRequestHeaderCount = limits.RequestHeaders;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.RequestHeadersSize;
        kestrel.Limits.MaxRequestLineSize = limits.RequestLineSize;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAliveTimeout;
        kestrel.Limits.RequestHeadersTimeout = limits.RequestHeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = Rate(limits.MinRequestBodyRate);
        kestrel.Limits.MinResponseDataRate = Rate(limits.MinResponseRate);
        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.Http2Streams;

        // What a body may have is the operation's to say: the size policy sets it request by request.
        kestrel.Limits.MaxRequestBodySize = null;
        foreach (ListenAddress address in _options.Listen)
            Listen(kestrel, address);
    }

    private void Listen(KestrelServerOptions kestrel, ListenAddress address)
    {
        if (address.Address is null)
            kestrel.ListenLocalhost(address.Port, listener => ConfigureListener(listener, address));
        else
            kestrel.Listen(address.Address, address.Port, listener => ConfigureListener(listener, address));
    }

    private void ConfigureListener(ListenOptions listener, ListenAddress address)
    {
        _listeners.Add((address, listener));
        listener.Use(_countConnections);
        listener.Protocols = address.Scheme switch
        {
            ListenScheme.Https => HttpProtocols.Http1AndHttp2,
            ListenScheme.H2c => HttpProtocols.Http2,
            _ => HttpProtocols.Http1,
        };
        if (address.Scheme == ListenScheme.Https)
            listener.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(Handshake()) });
    }

    private SslServerAuthenticationOptions Handshake() => new()
    {
        ServerCertificateContext = _certificate!.Current,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };

    private static MinDataRate? Rate(double bytesPerSecond) => bytesPerSecond > 0 ? new MinDataRate(bytesPerSecond, TimeSpan.FromSeconds(5)) : null;
}
