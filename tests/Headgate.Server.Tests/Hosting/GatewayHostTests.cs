using System.Net;
using System.Net.Sockets;
using System.Text;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Hosting;

public class GatewayHostTests
{
    [Fact]
    public async Task Request_OfADeclaredPath_IsForwardedAndSigned()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/pets?limit=3", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(response.Headers.GetValues("X-Request-ID"));
        Assert.Equal("GET /pets?limit=3", Assert.Single(upstream.Requests));
    }

    [Fact]
    public async Task Request_OfAnUndeclaredPath_IsAProblemAndReachesNobody()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/cats", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(response.Headers.Contains("Server"));
        Assert.Empty(upstream.Requests);
    }

    // RFC 9112 §2.2: strictness that Kestrel does not have by default, switched on by the host.
    [Theory]
    [InlineData("GET /pets HTTP/1.1\nHost: a\n\n")]
    [InlineData("GET /pets HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n")]
    public async Task Request_WithABareLineFeed_IsRefused(string raw)
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        Assert.StartsWith("HTTP/1.1 400 ", await ExchangeAsync(gateway, raw), StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("limits.request-headers=10", 431)]
    [InlineData("limits.request-headers-size=1KiB", 431)]
    [InlineData("limits.request-line-size=256B", 414)]
    public async Task Request_BeyondAStatedLimit_IsRefused(string setting, int status)
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url, setting);
        string headers = string.Concat(Enumerable.Range(0, 30).Select(i => $"X-Filler-{i}: {new string('x', 60)}\r\n"));
        string raw = $"GET /pets?{new string('q', 300)} HTTP/1.1\r\nHost: a\r\n{headers}\r\n";
        Assert.StartsWith($"HTTP/1.1 {status} ", await ExchangeAsync(gateway, raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_H2c_SpeaksHttp2WithPriorKnowledge()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url, "listen=h2c://127.0.0.1:0");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Listener_OnATakenPort_IsOneLineThatSaysWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var directory = new TemporaryDirectory();
        ServerOptions options = TestGateway.Options(directory, [directory.Write("pets.yaml", Samples.Pets)], ["upstream=http://127.0.0.1:1", $"listen=http://127.0.0.1:{port}"]);
        using DataDirectory data = DataDirectory.Open(options.DataDirectory);
        await using var host = new GatewayHost(options, data, TestGateway.AdminKeyText, NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), TimeProvider.System);
        StartFailure failure = await Assert.ThrowsAsync<StartFailure>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"http://127.0.0.1:{port} is in use. Stop the program that holds it, or choose another with --listen URL.", failure.Message);
    }

    [Fact]
    public async Task KeySecret_EncryptsTheKeysThatSignTokens_AndIsMissedWhenItIsNotThere()
    {
        using var directory = new TemporaryDirectory();
        string[] settings = ["upstream=http://127.0.0.1:1", "tokens.key-secret=${secret:signing}", $"secrets={directory.PathOf("")}"];
        ServerOptions options = TestGateway.Options(directory, [directory.Write("orders.yaml", ServiceApi.Document)], settings);
        using (DataDirectory data = DataDirectory.Open(options.DataDirectory))
        {
            Assert.StartsWith("The secret signing, which tokens.key-secret names, is not there.", Assert.Throws<StartFailure>(() => new GatewayHost(options, data, TestGateway.AdminKeyText, NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), TimeProvider.System)).Message, StringComparison.Ordinal);
            directory.Write("signing", "too short");
            Assert.StartsWith("The secret signing, which tokens.key-secret names, is shorter than 32 characters.", Assert.Throws<StartFailure>(() => new GatewayHost(options, data, TestGateway.AdminKeyText, NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), TimeProvider.System)).Message, StringComparison.Ordinal);
        }

        directory.Write("signing", new string('s', 32) + "\n");
        await using TestGateway gateway = await TestGateway.StartAsync(options, new TemporaryDirectory());
        System.Text.Json.JsonElement keys = await new AdminApi(gateway).SendAsync("POST", "/signing-keys/rotate");
        Assert.All(keys.EnumerateArray(), key => Assert.True(key.GetProperty("encrypted").GetBoolean()));
    }

    [Fact]
    public async Task Stop_WithARequestUnderWay_FinishesItAndTakesNoOther()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using TestUpstream upstream = await TestUpstream.StartAsync(async context =>
        {
            arrived.SetResult();
            await answer.Task;
            await context.Response.Body.WriteAsync("late"u8.ToArray());
        });
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        Task<string> request = gateway.Client.GetStringAsync("/pets", TestContext.Current.CancellationToken);
        await arrived.Task;

        Task<bool> stopping = gateway.Host.StopAsync();
        await Until.TrueAsync(() => RefusesAsync(gateway.Client.BaseAddress!), "the port is closed");
        using (HttpResponseMessage ready = await gateway.Admin.GetAsync("/readyz", TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        answer.SetResult();
        Assert.Equal("late", await request);
        Assert.True(await stopping);
    }

    [Fact]
    public async Task Stop_BeyondTheDrainTimeout_BreaksOffWhatIsLeft()
    {
        var arrived = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        await using TestUpstream upstream = await TestUpstream.StartAsync(async context =>
        {
            arrived.SetResult();
            await never.Task.WaitAsync(context.RequestAborted);
        });
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url, "drain-timeout=200ms");
        Task<string> request = gateway.Client.GetStringAsync("/pets", TestContext.Current.CancellationToken);
        await arrived.Task;
        Assert.False(await gateway.Host.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    private static async Task<bool> RefusesAsync(Uri address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<string> ExchangeAsync(TestGateway gateway, string raw)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Host.Addresses[0].Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(raw), TestContext.Current.CancellationToken);
        byte[] buffer = new byte[4096];
        int read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
