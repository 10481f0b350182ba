using System.Net;
using Headgate.Gateway.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests;

/// <summary>The event loops of all tests of this process, and Kestrels on them as the program starts them.</summary>
internal static class TestLoops
{
    public static EventLoopGroup Shared { get; } = new(2, runsInline: true, NullLogger<EventLoopGroup>.Instance);

    /// <summary>A Kestrel on a free port whose connections lie on the loops; not yet started.</summary>
    public static WebApplication BuildServer(Action<KestrelServerOptions> configure, HttpProtocols protocols = HttpProtocols.Http1)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            configure(kestrel);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        });
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => ActivatorUtilities.CreateInstance<EventLoopListenerFactory>(services, Shared, TimeProvider.System));
        return builder.Build();
    }
}
