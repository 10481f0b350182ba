using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Headgate.Storage;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>A gateway with a document that asks for tokens of service accounts, a store, and an upstream that shows what it saw.</summary>
internal sealed class AccountsGateway : IAsyncDisposable
{
    public const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        x-gateway-config: { tenancy: { claim: org, acceptHeader: [X-Tenant-ID] } }
        security: [{ service: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /read: { get: { operationId: read, security: [{ service: [service.read] }], responses: { "200": { description: ok } } } }
          /admin: { get: { operationId: admin, security: [{ service: [service.read, service.admin] }], responses: { "200": { description: ok } } } }
          /elsewhere: { get: { operationId: elsewhere, security: [{ other: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            service:
              type: oauth2
              flows:
                clientCredentials:
                  tokenUrl: /oauth/token
                  scopes: { service.read: Read access for services, service.write: Write access for services, service.admin: Admin access for services }
            other: { type: oauth2, flows: { clientCredentials: { tokenUrl: /oauth/token, scopes: {} } }, x-gateway-jwt: { issuer: "https://idp.example", audiences: [x], jwks: { uri: "http://127.0.0.1:1" } } }
        """;

    private readonly IssuerKeysDirectory _issuers;
    private readonly AccountStore _store;
    private readonly TimeProvider _time;

    private AccountsGateway(ServiceAccountRegistry accounts, AccountStore store, EchoUpstream upstream, TestGateway gateway, TimeProvider time, IssuerKeysDirectory issuers)
    {
        (Accounts, _store, Upstream, Gateway, _time, _issuers) = (accounts, store, upstream, gateway, time, issuers);
    }

    public ServiceAccountRegistry Accounts { get; }

    public EchoUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public ManualTime Time => (ManualTime)_time;

    public Store Store => _store.Store;

    public RecordingLogger<ServiceAccountRegistry> Log { get; private init; } = null!;

    /// <param name="document">The document.</param>
    /// <param name="options">The settings of service accounts.</param>
    /// <param name="location">A database that others use too; a file of its own when null.</param>
    /// <param name="time">A clock; one of its own, which stands, when null.</param>
    /// <param name="plan">The other settings.</param>
    public static async Task<AccountsGateway> StartAsync(
        string document = Document, ServiceAccountOptions? options = null, StoreLocation? location = null, TimeProvider? time = null, PlanOptions? plan = null)
    {
        time ??= new ManualTime();
        AccountStore store = await AccountStore.OpenAsync(location);
        EchoUpstream upstream = await EchoUpstream.StartAsync();
        var log = new RecordingLogger<ServiceAccountRegistry>();
        var issuers = new IssuerKeysDirectory(time, NullLogger<IssuerKeysDirectory>.Instance);
        var accounts = new ServiceAccountRegistry(store.Store, options ?? new ServiceAccountOptions(), time, log);
        TestGateway gateway = await TestGateway.StartAsync(
            document, (plan ?? new PlanOptions()) with { Upstream = upstream.Url }, authenticators: Authenticators(accounts, issuers, time), time: time, builtIns: Apis(accounts));
        accounts.Issuer.ListensAt(gateway.Url);
        return new AccountsGateway(accounts, store, upstream, gateway, time, issuers) { Log = log };
    }

    public static IReadOnlyList<AuthenticatorCompiler> Authenticators(ServiceAccountRegistry accounts, IssuerKeysDirectory issuers, TimeProvider time)
    {
        var verified = new VerifiedTokens();
        return [new JwtAuthenticatorCompiler(issuers, verified, time, NullLogger<JwtAuthenticatorCompiler>.Instance), accounts.CreateAuthenticators(verified)];
    }

    public static IReadOnlyList<BuiltInApi> Apis(ServiceAccountRegistry accounts) => [accounts.CreateApi(GatewayExtensions.RegisterAll(new ExtensionRegistry()))];

    /// <summary>Makes an account.</summary>
    public Task<IssuedSecret> CreateAsync(string[]? scopes = null, string? tenant = null, TimeSpan? expiresIn = null) => Accounts.CreateAsync(
        new NewServiceAccount("test", tenant, scopes ?? ["service.read", "service.write"], expiresIn is { } left ? _time.GetUtcNow() + left : null), TestContext.Current.CancellationToken);

    /// <summary>Asks for a token with the secret in <c>Authorization</c>.</summary>
    public Task<HttpResponseMessage> AskAsync(IssuedSecret secret, string? scope = null) =>
        PostAsync($"grant_type=client_credentials{(scope is null ? "" : $"&scope={Uri.EscapeDataString(scope)}")}", Basic(secret.Account.ClientId, secret.Secret));

    /// <summary>A token, which there has to be.</summary>
    public async Task<string> TokenAsync(IssuedSecret secret, string? scope = null)
    {
        using HttpResponseMessage response = await AskAsync(secret, scope);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("access_token").GetString()!;
    }

    /// <summary>Sends a body to the token endpoint.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string? authorization = null, string type = "application/x-www-form-urlencoded", string query = "", string? from = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token" + query) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Calls an operation.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? token = null, string? tenant = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (tenant is not null)
            request.Headers.Add("X-Tenant-ID", tenant);
        return Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The status with which an operation is answered.</summary>
    public async Task<int> StatusAsync(string path, string? token = null, string? tenant = null)
    {
        using HttpResponseMessage response = await GetAsync(path, token, tenant);
        return (int)response.StatusCode;
    }

    public static string Basic(string clientId, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}"))}";

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        _issuers.Dispose();
        await _store.DisposeAsync();
    }
}
