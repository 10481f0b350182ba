using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Policies.Jwt;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>A gateway with a document that asks for API keys (and tokens), its store of keys, and an upstream that shows what it saw.</summary>
internal sealed class KeyedGateway : IAsyncDisposable
{
    private readonly IssuerKeysDirectory _issuers;
    private readonly KeyServer _keyServer;

    private KeyedGateway(KeyStore keys, TestIssuer issuer, KeyServer keyServer, IssuerKeysDirectory issuers, EchoUpstream upstream, TestGateway gateway)
    {
        (Keys, Issuer, _keyServer, _issuers, Upstream, Gateway) = (keys, issuer, keyServer, issuers, upstream, gateway);
    }

    public KeyStore Keys { get; }

    public TestIssuer Issuer { get; }

    public EchoUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public ManualTime Time { get; private init; } = null!;

    public RecordingLogger<ApiKeyAuthenticatorCompiler> Log { get; private init; } = null!;

    /// <param name="document">The document; <c>KEYS</c> stands for the address of the issuer's key set.</param>
    /// <param name="telemetry">Where requests are told.</param>
    public static async Task<KeyedGateway> StartAsync(string document, GatewayTelemetry? telemetry = null)
    {
        var time = new ManualTime();
        var log = new RecordingLogger<ApiKeyAuthenticatorCompiler>();
        KeyStore keys = await KeyStore.OpenAsync(time);
        var issuer = new TestIssuer();
        KeyServer keyServer = await KeyServer.StartAsync(issuer.KeySetJson());
        var issuers = new IssuerKeysDirectory(time, NullLogger<IssuerKeysDirectory>.Instance);
        EchoUpstream upstream = await EchoUpstream.StartAsync();
        TestGateway gateway = await TestGateway.StartAsync(
            document.Replace("KEYS", keyServer.KeysUrl, StringComparison.Ordinal),
            new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } },
            telemetry,
            authenticators:
            [
                new JwtAuthenticatorCompiler(issuers, new VerifiedTokens(), time, NullLogger<JwtAuthenticatorCompiler>.Instance),
                new ApiKeyAuthenticatorCompiler(keys.Directory.Known, time, log),
            ],
            time: time);
        return new KeyedGateway(keys, issuer, keyServer, issuers, upstream, gateway) { Time = time, Log = log };
    }

    public Task<IssuedApiKey> CreateAsync(ApiKeyDraft? draft = null) => Keys.CreateAsync(draft);

    /// <summary>Sends a request with header fields, each <c>Name: value</c>.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status of such a request's answer.</summary>
    public async Task<int> StatusAsync(string path, params string[] headers)
    {
        using HttpResponseMessage response = await GetAsync(path, headers);
        return (int)response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        await _keyServer.DisposeAsync();
        await Keys.DisposeAsync();
        _issuers.Dispose();
        Issuer.Dispose();
    }
}
