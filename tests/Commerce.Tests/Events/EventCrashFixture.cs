using Commerce.Tests.Support;

namespace Commerce.Tests.Events;

/// <summary>The services in one process and the gateway with their log in another, each to be killed and started again on what it left.</summary>
public sealed class EventCrashFixture : IAsyncLifetime
{
    private readonly string _gatewayData = Directory.CreateTempSubdirectory("commerce-crash-gateway-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");

    /// <summary>Where the services have their data.</summary>
    public string CommerceData { get; private set; } = "";

    internal CommerceProcess Services { get; private set; } = null!;

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        CommerceData = await Shop.PlantAsync();
        await Task.WhenAll(StartServicesAsync(), StartGatewayAsync());
        await EventKey.GiveAsync(Gateway, CommerceData);
    }

    public async Task KillServicesAsync()
    {
        Services.Kill();
        await Services.ExitCodeAsync();
    }

    public Task KillGatewayAsync() => Gateway.KillAsync();

    public async Task StartServicesAsync()
    {
        await (Services?.DisposeAsync() ?? ValueTask.CompletedTask);
        Services = await CommerceProcess.Start("--data", CommerceData, "--port-base", "0", "--events", new Uri(_address, "/events").ToString()).ListeningAsync(9);
    }

    public async Task StartGatewayAsync()
    {
        await (Gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
        Gateway = await GatewayProcess.StartAsync("gateway.openapi.yaml", _gatewayData, _address, "--events", "--secrets", Path.Combine(CommerceData, "secrets"));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Services.DisposeAsync();
        Directory.Delete(CommerceData, recursive: true);
        Directory.Delete(_gatewayData, recursive: true);
    }
}
