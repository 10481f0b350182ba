using System.Buffers;
using System.Text;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>A gateway on a real Kestrel with its telemetry.</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TelemetryHost(WebApplication app, GatewayTelemetry telemetry)
    {
        _app = app;
        Telemetry = telemetry;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Url };
    }

    public GatewayTelemetry Telemetry { get; }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public static async Task<TelemetryHost> StartAsync(GatewayPlan plan, TelemetryOptions? options = null, ILoggerFactory? loggers = null)
    {
        loggers ??= NullLoggerFactory.Instance;
        GatewayTelemetry telemetry = GatewayTelemetry.Create(options ?? new TelemetryOptions(), TimeProvider.System, loggers);
        telemetry.OnPlanActivated(plan);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Use(telemetry.CountConnections)));
        WebApplication app = builder.Build();
        var runner = new RequestRunner(new ErrorWriter(TimeProvider.System), loggers.CreateLogger<RequestRunner>());
        var application = new GatewayApplication(new PlanHolder(plan), runner, telemetry.Recorder, TimeProvider.System);
        await app.Services.GetRequiredService<IServer>().StartAsync(application, CancellationToken.None);
        return new TelemetryHost(app, telemetry);
    }

    /// <summary>Stops serving, so that every request has ended and is counted.</summary>
    public async Task StopServingAsync()
    {
        Client.Dispose();
        await _app.Services.GetRequiredService<IServer>().StopAsync(CancellationToken.None);
    }

    public string ReadMetrics() => Read(Telemetry);

    public static string Read(GatewayTelemetry telemetry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        telemetry.Metrics.Write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await StopServingAsync();
        await _app.DisposeAsync();
        await Telemetry.DisposeAsync();
    }
}
