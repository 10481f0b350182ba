using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Identity;

/// <summary>The commerce services with the gateway in front of them, as <c>./headgate up</c> puts them together: the OpenID provider is under the gateway's address.</summary>
public sealed class CommerceGateway : IAsyncLifetime
{
    /// <summary>The secret of the application <c>storefront</c>.</summary>
    public const string StorefrontSecret = "a secret: with + and %";

    private readonly TemporaryDirectory _directory = new();
    private readonly string _actions;
    private CommerceProgram? _services;

    public CommerceGateway()
        : this("")
    {
    }

    /// <param name="actions">Further actions of the overlay, as YAML; <c>{ISSUER}</c> stands for the issuer.</param>
    internal CommerceGateway(string actions) => _actions = actions;

    /// <summary>The issuer, under the gateway's address.</summary>
    public string Issuer { get; private set; } = "";

    internal TestGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string listen = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        Issuer = $"{listen}/identity";
        _services = await CommerceProgram.StartAsync(9, StorefrontSecret, "--data", _directory.PathOf("commerce"), "--port-base", "0", "--issuer", Issuer);
        string overlay = _directory.Write("identity.overlay.yaml", $$"""
            overlay: 1.0.0
            info: { title: Where the OpenID provider is found here, version: "1" }
            actions:
              - target: $.components.securitySchemes.bearerAuth['x-gateway-jwt']
                update: { issuer: "{{Issuer}}" }
            {{_actions.Replace("{ISSUER}", Issuer, StringComparison.Ordinal)}}
            """);
        IEnumerable<string> services = _services.Addresses.Where(service => service.Key.EndsWith("-service", StringComparison.Ordinal)).Select(service => $"service={service.Key}={service.Value}");
        Gateway = await TestGateway.StartAsync(
            TestGateway.Options(_directory, [SourceFolder.PathOf("examples/commerce/gateway.openapi.yaml")], [$"listen={listen}", $"overlay={overlay}", $"secrets={_directory.PathOf("commerce/secrets")}", .. services]), _directory);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();

        // It takes the directory with it.
        await Gateway.DisposeAsync();
    }

    // The issuer is an address that the services must know before anybody listens there.
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
