using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Hosting;

public class TlsTests
{
    [Fact]
    public async Task Listener_Https_OffersHttp2AndHttp11()
    {
        await using Setup setup = await Setup.StartAsync();
        Assert.Equal(SslApplicationProtocol.Http2, (await setup.HandshakeAsync(SslApplicationProtocol.Http2, SslApplicationProtocol.Http11)).Protocol);
        Assert.Equal(SslApplicationProtocol.Http11, (await setup.HandshakeAsync(SslApplicationProtocol.Http11)).Protocol);
    }

    [Fact]
    public async Task Certificate_RenewedOnDisk_IsUsedForNewHandshakes()
    {
        await using Setup setup = await Setup.StartAsync();
        Assert.Equal(setup.FirstThumbprint, (await setup.HandshakeAsync(SslApplicationProtocol.Http11)).Thumbprint);
        string renewed = TestCertificate.Write(setup.Directory);
        await Until.TrueAsync(async () => (await setup.HandshakeAsync(SslApplicationProtocol.Http11)).Thumbprint == renewed, "the renewed certificate is served");
    }

    [Fact]
    public async Task Certificate_DestroyedOnDisk_StaysInUse()
    {
        await using Setup setup = await Setup.StartAsync();
        setup.Directory.Write("tls.crt", "not a certificate");
        await Until.TrueAsync(() => setup.Log.Messages.Any(message => message.Contains("the one before stays in use", StringComparison.Ordinal)), "the broken file is noticed");
        Assert.Equal(setup.FirstThumbprint, (await setup.HandshakeAsync(SslApplicationProtocol.Http11)).Thumbprint);
    }

    [Fact]
    public void Certificate_WithAnotherKey_RefusesToStart()
    {
        using var directory = new TemporaryDirectory();
        TestCertificate.Write(directory);
        string key = File.ReadAllText(directory.PathOf("tls.key"));
        TestCertificate.Write(directory);
        directory.Write("tls.key", key);
        StartFailure failure = Assert.Throws<StartFailure>(() => new CertificateFile(new TlsFiles(directory.PathOf("tls.crt"), directory.PathOf("tls.key")), NullLogger<CertificateFile>.Instance));
        Assert.StartsWith($"The certificate {directory.PathOf("tls.crt")} with the key {directory.PathOf("tls.key")} cannot be used:", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Setup : IAsyncDisposable
    {
        private readonly GatewayHost _host;
        private readonly DataDirectory _data;

        private Setup(GatewayHost host, DataDirectory data, TemporaryDirectory directory, MessageLog log, string thumbprint) =>
            (_host, _data, Directory, Log, FirstThumbprint) = (host, data, directory, log, thumbprint);

        public TemporaryDirectory Directory { get; }

        public MessageLog Log { get; }

        public string FirstThumbprint { get; }

        public static async Task<Setup> StartAsync()
        {
            var directory = new TemporaryDirectory();
            string thumbprint = TestCertificate.Write(directory);
            ServerOptions options = TestGateway.Options(
                directory,
                [directory.Write("pets.yaml", Samples.Pets)],
                ["upstream=http://127.0.0.1:1", "listen=https://127.0.0.1:0", $"tls-cert={directory.PathOf("tls.crt")}", $"tls-key={directory.PathOf("tls.key")}", "reload.poll-interval=50ms"]);
            var log = new MessageLog();
            var data = DataDirectory.Open(options.DataDirectory);
            var host = new GatewayHost(options, data, TestGateway.AdminKeyText, log, new LogLevelSwitch(TimeProvider.System), TimeProvider.System);
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new Setup(host, data, directory, log, thumbprint);
        }

        public async Task<(SslApplicationProtocol Protocol, string Thumbprint)> HandshakeAsync(params SslApplicationProtocol[] protocols)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _host.Addresses[0].Port, TestContext.Current.CancellationToken);
            string thumbprint = "";
            await using var tls = new SslStream(client.GetStream());
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                ApplicationProtocols = [.. protocols],
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    thumbprint = ((X509Certificate2)certificate!).Thumbprint;
                    return certificate.Subject == "CN=headgate test";
                },
            };
            await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            return (tls.NegotiatedApplicationProtocol, thumbprint);
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            _data.Dispose();
            Directory.Dispose();
        }
    }
}
