using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Tests.Policies.Jwt;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Authentication;

/// <summary>A gateway with a document that asks for tokens, an issuer whose keys it fetches, and an upstream that shows what it saw.</summary>
internal sealed class SecuredGateway : IAsyncDisposable
{
    private readonly IssuerKeysDirectory _issuers;

    private SecuredGateway(TestIssuer issuer, KeyServer keys, EchoUpstream upstream, TestGateway gateway, IssuerKeysDirectory issuers)
    {
        (Issuer, Keys, Upstream, Gateway, _issuers) = (issuer, keys, upstream, gateway, issuers);
    }

    public TestIssuer Issuer { get; }

    public KeyServer Keys { get; }

    public EchoUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public ManualTime Time { get; private init; } = null!;

    public RecordingLogger<JwtAuthenticatorCompiler> Log { get; private init; } = null!;

    /// <param name="document">The document; <c>KEYS</c> stands for the address of the key set.</param>
    /// <param name="passthrough">Whether schemes that nobody checks are left to the upstream.</param>
    public static async Task<SecuredGateway> StartAsync(string document, bool passthrough = false, KnownRoles? roles = null)
    {
        var issuer = new TestIssuer();
        KeyServer keys = await KeyServer.StartAsync(issuer.KeySetJson());
        EchoUpstream upstream = await EchoUpstream.StartAsync();
        var time = new ManualTime();
        var log = new RecordingLogger<JwtAuthenticatorCompiler>();
        var issuers = new IssuerKeysDirectory(time, NullLogger<IssuerKeysDirectory>.Instance);
        var options = new PlanOptions { Upstream = upstream.Url, SecurityPassthrough = passthrough };
        TestGateway gateway = await TestGateway.StartAsync(
            document.Replace("KEYS", keys.KeysUrl, StringComparison.Ordinal), options, authenticators: [new JwtAuthenticatorCompiler(issuers, new VerifiedTokens(), time, log)], time: time, roles: roles);
        return new SecuredGateway(issuer, keys, upstream, gateway, issuers) { Time = time, Log = log };
    }

    /// <summary>Sends a request with header fields, each <c>Name: value</c>.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params string[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return Gateway.Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        await Keys.DisposeAsync();
        _issuers.Dispose();
        Issuer.Dispose();
    }
}
