using System.Net;
using System.Security.Cryptography.X509Certificates;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.Tls;

/// <summary>How Headgate and a service recognise each other over TLS: real handshakes with certificates made here.</summary>
public sealed class UpstreamTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new("another authority");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task PrivateAuthority_IsTrusted_AndWithoutItTheServiceIsNot()
    {
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("127.0.0.1"));
        await using TestGateway trusting = await StartAsync(server.Url, $"tls: {{ ca: '{_authority.PathOf("ca.pem")}' }}");
        Assert.Equal((200, "127.0.0.1"), await AskAsync(trusting));
        await using TestGateway systems = await StartAsync(server.Url, "");
        Assert.Equal(502, (await AskAsync(systems)).Status);
        await using TestGateway wrong = await StartAsync(server.Url, $"tls: {{ ca: '{_other.PathOf("ca.pem")}' }}");
        Assert.Equal(502, (await AskAsync(wrong)).Status);
        await Telemetry.Condition.HoldsAsync(() => wrong.Failures.Contains("upstream_tls_failed"), Stop);
    }

    [Fact]
    public async Task ServerName_IsWhatTheCertificateMustBear_AndIsSentAsSniAndHost()
    {
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("orders.internal"));
        string ca = $"ca: '{_authority.PathOf("ca.pem")}'";
        await using TestGateway unnamed = await StartAsync(server.Url, $"tls: {{ {ca} }}");
        Assert.Equal(502, (await AskAsync(unnamed)).Status);
        await using TestGateway named = await StartAsync(server.Url, $"tls: {{ {ca}, serverName: orders.internal }}");
        Assert.Equal((200, "orders.internal"), await AskAsync(named));
        Assert.Equal("orders.internal", server.LastServerName);
        await using TestGateway misnamed = await StartAsync(server.Url, $"tls: {{ {ca}, serverName: other.internal }}");
        Assert.Equal(502, (await AskAsync(misnamed)).Status);
    }

    [Fact]
    public async Task ClientCertificate_IsShown_AndReadAgainWhenItIsRenewed()
    {
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("127.0.0.1"), wantsCertificate: true);
        string first = _authority.SignTo("gateway", "client.pem", "client.key");
        await using TestGateway gateway = await StartAsync(server.Url, Mutual());
        Assert.Equal(200, (await AskAsync(gateway)).Status);
        Assert.Equal(first, server.LastClientCertificate);

        using var ending = new CancellationTokenSource();
        Task watching = new UpstreamWatch(gateway.Plans, TimeProvider.System, new CallCommons(Random.Shared, NullLogger.Instance)).RunAsync(ending.Token);
        string second = _authority.SignTo("gateway", "client.pem", "client.key");
        while (server.LastClientCertificate != second)
            Assert.Equal(200, (await AskAsync(gateway)).Status);
        await ending.CancelAsync();
        await watching;
    }

    [Theory]
    [InlineData(100)]
    [InlineData(50_000)]
    public async Task Retry_OverTls_SendsTheBodyAgain(int length)
    {
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("127.0.0.1"), answer: async context =>
        {
            bodies.Enqueue((await new StreamReader(context.Request.Body).ReadToEndAsync(Stop)).Length);
            context.Response.StatusCode = bodies.Count < 3 ? 503 : 200;
        });
        await using TestGateway gateway = await StartAsync(server.Url, $"retry: {{ attempts: 3, baseDelay: 1ms }}, tls: {{ ca: '{_authority.PathOf("ca.pem")}' }}");
        using HttpResponseMessage response = await gateway.Client.PutAsync("/a", new StringContent(new string('x', length)), Stop);
        Assert.Equal((HttpStatusCode.OK, 3), (response.StatusCode, bodies.Count));
        Assert.All(bodies, body => Assert.Equal(length, body));
    }

    [Fact]
    public async Task WithoutAClientCertificate_AServiceThatWantsOneRefuses()
    {
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("127.0.0.1"), wantsCertificate: true);
        await using TestGateway gateway = await StartAsync(server.Url, $"tls: {{ ca: '{_authority.PathOf("ca.pem")}' }}");
        Assert.Equal(502, (await AskAsync(gateway)).Status);
    }

    [Fact]
    public void RenewalThatIsBroken_LeavesWhatIsInUse()
    {
        _authority.SignTo("gateway", "client.pem", "client.key");
        var logger = new RecordingLogger<UpstreamTlsTests>();
        var tls = new Gateway.Forwarding.Tls.UpstreamTls(new(null, _authority.PathOf("client.pem"), _authority.PathOf("client.key"), null), logger);
        Assert.Null(tls.ReadNow());
        var before = tls.Current;
        File.WriteAllText(_authority.PathOf("client.pem"), "no certificate any more");
        tls.RenewWhenChanged();
        tls.RenewWhenChanged();
        Assert.Same(before, tls.Current);
        Assert.Contains("cannot be used", Assert.Single(logger.Messages), StringComparison.Ordinal);
        _authority.SignTo("gateway", "client.pem", "client.key");
        tls.RenewWhenChanged();
        Assert.NotSame(before, tls.Current);
    }

    [Fact]
    public async Task HealthChecks_UseTheSameTls()
    {
        await using TlsServer server = await TlsServer.StartAsync(_authority.Sign("orders.internal"), wantsCertificate: true);
        _authority.SignTo("gateway", "client.pem", "client.key");
        await using TestGateway gateway = await StartAsync(server.Url, Mutual("serverName: orders.internal") + ", healthCheck: { path: /h, interval: 100ms }");
        using var ending = new CancellationTokenSource();
        Task watching = new UpstreamWatch(gateway.Plans, TimeProvider.System, new CallCommons(Random.Shared, NullLogger.Instance)).RunAsync(ending.Token);
        await Telemetry.Condition.HoldsAsync(() => gateway.Plan.Apis[0].Health[0].State.Instances[0].Health.Checks is { Good: > 1, Bad: 0 }, Stop);
        await ending.CancelAsync();
        await watching;
    }

    [Theory]
    [InlineData("url: 'http://10.0.0.1:80'", "HG2733", DiagnosticSeverity.Warning)]
    [InlineData("url: 'h2c://orders.internal:80'", "HG2733", DiagnosticSeverity.Warning)]
    [InlineData("urls: ['https://orders.internal', 'http://orders.internal:81']", "HG2733", DiagnosticSeverity.Warning)]
    [InlineData("url: 'http://127.0.0.1:80', tls: { serverName: a }", "HG2734", DiagnosticSeverity.Warning)]
    [InlineData("url: 'https://orders.internal', tls: { ca: /no/such/file.pem }", "HG2735", DiagnosticSeverity.Error)]
    [InlineData("url: 'https://orders.internal', tls: { certificate: /dev/null }", "HG2735", DiagnosticSeverity.Error)]
    [InlineData("url: 'https://orders.internal', tls: { ca: /dev/null }", "HG2735", DiagnosticSeverity.Error)]
    public void WhatIsWrong_IsToldAtLoad(string service, string code, DiagnosticSeverity severity) => Assert.Contains(Findings(service), item => item.Descriptor.Code == code && item.Severity == severity);

    [Theory]
    [InlineData("url: 'http://127.0.0.1:80'")]
    [InlineData("url: 'http://localhost:80'")]
    [InlineData("url: 'http://[::1]:80'")]
    [InlineData("url: 'https://orders.internal'")]
    public void WhatIsFine_IsNotWarnedOf(string service) => Assert.DoesNotContain(Findings(service), item => item.Descriptor.Code.StartsWith("HG273", StringComparison.Ordinal));

    private static IReadOnlyList<Diagnostic> Findings(string service) => TestGateway.Compile(new PlanOptions(), Document(service)).Documents[0].Diagnostics.Items;

    private string Mutual(string more = "serverName: 127.0.0.1") =>
        $"tls: {{ ca: '{_authority.PathOf("ca.pem")}', certificate: '{_authority.PathOf("client.pem")}', key: '{_authority.PathOf("client.key")}', {more} }}";

    private static async Task<(int Status, string Host)> AskAsync(TestGateway gateway)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", Stop);
        string text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, text.Split(':')[0]);
    }

    private static Task<TestGateway> StartAsync(Uri url, string tls) => TestGateway.StartAsync(Document($"url: '{url}', circuitBreaker: false, {tls}"));

    private static string Document(string service) => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { orders: { {{service}} } } }
        paths:
          /a:
            get: { operationId: getA, responses: { "200": { description: ok } } }
            put: { operationId: putA, responses: { "200": { description: ok } } }
        """;

    /// <summary>A server that answers with the Host it saw, over TLS, and remembers what it was shown.</summary>
    private sealed class TlsServer(WebApplication app) : IAsyncDisposable
    {
        public Uri Url { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

        public string? LastServerName { get; private set; }

        public string? LastClientCertificate { get; private set; }

        public static async Task<TlsServer> StartAsync(X509Certificate2 certificate, bool wantsCertificate = false, RequestDelegate? answer = null)
        {
            TlsServer? server = null;
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            {
                https.ServerCertificateSelector = (_, name) =>
                {
                    server!.LastServerName = name;
                    return certificate;
                };
                https.ClientCertificateMode = wantsCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
                https.ClientCertificateValidation = (_, _, _) => true;
            })));
            WebApplication app = builder.Build();
            app.Run(context =>
            {
                server!.LastClientCertificate = context.Connection.ClientCertificate?.Thumbprint;
                return answer?.Invoke(context) ?? context.Response.WriteAsync(context.Request.Host.Value!);
            });
            await app.StartAsync();
            return server = new TlsServer(app);
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }
    }
}
