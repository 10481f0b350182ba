using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Server.Admin;

/// <summary>The admin listener (and that of the probes, where it is another): an ordinary ASP.NET Core application beside the data plane.</summary>
internal sealed class AdminServer : IAsyncDisposable
{
    // Requests of the admin API are small; nobody needs more, and nobody without a key should be able to send more.
    private const long MaxBodyBytes = 256 * 1024;

    private readonly WebApplication _application;
    private readonly ServerOptions _options;
    private ListenOptions? _admin;
    private ListenOptions? _probes;

    public AdminServer(ServerOptions options, AdminServices services, ILoggerFactory logs)
    {
        _options = options;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(Configure);
        _application = builder.Build();

        var gate = new AdminGate(services.Key, services.Time);
        _application.Use(next => context => gate.InvokeAsync(context, next));
        var errors = new AdminErrors(logs.CreateLogger<AdminErrors>());
        _application.Use(next => context => errors.InvokeAsync(context, next));
        _application.UseRouting();
        ProbeEndpoints.Map(_application, services);
        AdminEndpoints.Map(_application, services);
        _application.MapFallback(context => AdminProblem.NoResource(context));
    }

    /// <summary>Where the admin API listens.</summary>
    public ListenAddress Address => Bound(_options.Admin, _admin);

    /// <summary>Where the probes listen beside it, or null.</summary>
    public ListenAddress? ProbesAddress => _options.Probes is { } probes ? Bound(probes, _probes) : null;

    /// <summary>Opens the listeners.</summary>
    /// <exception cref="StartFailure">An address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (BindFailure.Explain(exception, "--admin", Wanted()) is { } line)
        {
            throw new StartFailure(line, exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private ListenAddress[] Wanted() => _options.Probes is { } probes ? [_options.Admin, probes] : [_options.Admin];

    private static ListenAddress Bound(ListenAddress wanted, ListenOptions? listener) =>
        listener?.IPEndPoint is { } bound ? wanted.On(bound.Port) : wanted;

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = 1000;
        Listen(kestrel, _options.Admin, listener => _admin = listener);
        if (_options.Probes is { } probes)
        {
            Listen(kestrel, probes, listener =>
            {
                _probes = listener;
                listener.Use(next => connection =>
                {
                    connection.Features.Set(ProbesOnly.Instance);
                    return next(connection);
                });
            });
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Address is null)
            kestrel.ListenLocalhost(address.Port, configure);
        else
            kestrel.Listen(address.Address, address.Port, configure);
    }
}
