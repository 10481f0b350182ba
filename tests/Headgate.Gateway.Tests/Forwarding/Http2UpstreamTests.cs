using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Forwarding;

public class Http2UpstreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task H2cUpstream_DuplexStreamWithTrailers_PassesThrough()
    {
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync(HttpProtocols.Http2, "h2c");
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, protocols: HttpProtocols.Http2, transport: Transports.Make(Transports.Framework));
        using var client = new HttpClient { BaseAddress = host.Url };
        var messages = new MessageContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pkg.Service/Method")
        {
            Content = messages,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.ParseAdd("trailers");

        // As a bidirectional gRPC call: each message comes back before the next is sent.
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        await using Stream answers = await response.Content.ReadAsStreamAsync(Stop);
        byte[] answer = new byte[4];
        for (byte i = 1; i <= 5; i++)
        {
            await messages.WriteAsync([i, i, i, i]);
            await answers.ReadExactlyAsync(answer, Stop);
            Assert.Equal([i, i, i, i], answer);
        }

        messages.Complete();
        Assert.Equal(0, await answers.ReadAsync(answer, Stop));
        Assert.Equal(["HTTP/2"], response.Headers.GetValues("X-Upstream-Protocol"));
        Assert.Equal("application/grpc", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.TrailingHeaders.Contains("X-Sha256"));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task TlsUpstream_SpeaksTheBestCommonProtocol(HttpProtocols protocols, string expected)
    {
        using X509Certificate2 certificate = MakeCertificate();
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync(protocols, "https", listen => listen.UseHttps(certificate));
        var transport = new FrameworkTransport(new SocketTransportOptions(), TimeProvider.System, _ => Trusting(certificate));
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: transport);
        using var client = new HttpClient { BaseAddress = host.Url };
        byte[] sent = RandomNumberGenerator.GetBytes(1 << 20);

        using HttpResponseMessage response = await client.PostAsync("/", new ByteArrayContent(sent), Stop);

        Assert.Equal([expected], response.Headers.GetValues("X-Upstream-Protocol"));
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(await response.Content.ReadAsByteArrayAsync(Stop)));
        Assert.Equal(Convert.ToHexString(SHA256.HashData(sent)), response.TrailingHeaders.GetValues("X-Sha256").Single());
    }

    [Fact]
    public async Task UntrustedCertificate_Is502_AndNothingWasSent()
    {
        using X509Certificate2 certificate = MakeCertificate();
        await using BodyEchoServer upstream = await BodyEchoServer.StartAsync(HttpProtocols.Http1, "https", listen => listen.UseHttps(certificate));
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(Transports.Framework));
        using var client = new HttpClient { BaseAddress = host.Url };

        using HttpResponseMessage response = await client.GetAsync("/", Stop);

        Assert.Equal(ErrorCatalogue.UpstreamTlsFailed.Name, await response.Content.ReadAsStringAsync(Stop));
        Assert.True(host.Application.LastResult.MayMoveOn);
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 certificate) => new()
    {
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null && presented.GetCertHashString() == certificate.GetCertHashString(),
    };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
