using System.Net;
using System.Net.Security;
using System.Text;
using Headgate.Gateway.Forwarding.Tls;

namespace Headgate.Gateway.Forwarding.Framework;

/// <summary>One of the framework's clients, with its connections to one instance. Thread-safe.</summary>
internal sealed class FrameworkClient : IDisposable
{
    private const int MaxHeadKilobytes = 64;

    private FrameworkClient(HttpMessageInvoker invoker, TlsMaterial? material) => (Invoker, Material) = (invoker, material);

    public HttpMessageInvoker Invoker { get; }

    /// <summary>What its connections recognise each other by; null where no settings say.</summary>
    public TlsMaterial? Material { get; }

    /// <summary>Makes a client.</summary>
    /// <param name="options">The bounds of connections.</param>
    /// <param name="connectTimeout">How long connecting may take.</param>
    /// <param name="material">What the settings of the service say of TLS, or null.</param>
    /// <param name="otherwise">The TLS options where they say nothing; null for the system's.</param>
    public static FrameworkClient Create(SocketTransportOptions options, TimeSpan connectTimeout, TlsMaterial? material, SslClientAuthenticationOptions? otherwise = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = connectTimeout,
            EnableMultipleHttp2Connections = true,
            Expect100ContinueTimeout = options.ContinueTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            MaxResponseHeadersLength = MaxHeadKilobytes,
            PooledConnectionIdleTimeout = options.IdleLifetime,
            PooledConnectionLifetime = options.MaxLifetime,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        };
        if ((material?.ToOptions() ?? otherwise) is { } tls)
            handler.SslOptions = tls;
        return new FrameworkClient(new HttpMessageInvoker(handler), material);
    }

    /// <summary>Closes the idle connections; those in use close when their exchange ends.</summary>
    public void Dispose() => Invoker.Dispose();
}
