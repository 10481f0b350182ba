using System.Net;
using System.Reflection;
using Commerce.Shared.Data;
using Commerce.Shared.Models;
using Commerce.Shared.Tracing;
using Commerce.Shared.Web;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Commerce.Shared.Hosting;

/// <summary>One service behind its own listener.</summary>
internal sealed class ServiceServer : IAsyncDisposable
{
    private const long LargestBodyBytes = 1024 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);
    private static readonly string Version =
        typeof(ServiceServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly WebApplication _app;
    private readonly ServiceRuntime _runtime;

    private ServiceServer(WebApplication app, ServiceRuntime runtime, RunningService running)
    {
        _app = app;
        _runtime = runtime;
        Running = running;
    }

    public RunningService Running { get; }

    public static async Task<ServiceServer> StartAsync(
        CommerceService service, CommerceOptions options, SecretFiles secrets, ServiceDirectory directory, CancellationToken cancellationToken)
    {
        var port = options.PortBase == 0 ? 0 : options.PortBase + service.PortOffset;
        var app = Build(options, port);
        ServiceRuntime? runtime = null;
        try
        {
            runtime = new ServiceRuntime(service, options, secrets, directory, app.Services.GetRequiredService<ILoggerFactory>());
            await service.PrepareAsync(runtime, cancellationToken);
            var routes = Map(app, service, runtime);
            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
            directory.Register(service.Name, address);
            runtime.Background.Start(runtime.Stopping);
            return new ServiceServer(app, runtime, new RunningService(service.Name, address, routes.Served));
        }
        catch (Exception error)
        {
            runtime?.Dispose();
            await app.DisposeAsync();
            if (error is IOException { InnerException: AddressInUseException })
                throw new CommerceStartException($"Port {port} on {options.Host} is in use, so {service.Name} cannot listen. Stop what uses it, or choose another --port-base.", error);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var drain = new CancellationTokenSource(DrainTime);
        await _app.StopAsync(drain.Token);
        await _runtime.StopAsync();
        await _app.DisposeAsync();
        _runtime.Dispose();
    }

    private static WebApplication Build(CommerceOptions options, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBodyBytes;
            kestrel.Listen(IPAddress.Parse(options.Host), port);
        });
        builder.Logging.SetMinimumLevel(options.LogLevel).AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddRouting();
        // Signals belong to the program, which stops all services together.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    private static ServiceRoutes Map(WebApplication app, CommerceService service, ServiceRuntime runtime)
    {
        var tracing = new TracingMiddleware(runtime.Tracing);
        app.Use(next => http => RequestIdentity.InvokeAsync(http, next));
        app.Use(next => http => tracing.InvokeAsync(http, next));
        app.Use(next => http => runtime.Errors.InvokeAsync(http, next));
        app.UseRouting();
        var routes = new ServiceRoutes(app, runtime.Authentication(service.AcceptedKey));
        routes.Get("/health", Access.Public, _ => Answer.Ok(
            new HealthResponse("UP", service.Name, Version, Timestamps.Now(runtime.Clock))));
        service.Map(routes, runtime);
        return routes;
    }
}
