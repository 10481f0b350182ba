using System.Net;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Where a document says that keys are, from the document to the answer.</summary>
public sealed class KeySourceTests : IAsyncLifetime
{
    private readonly TestIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("headgate-keys-").FullName;
    private KeyServer _server = null!;
    private EchoUpstream _upstream = null!;
    private IssuerKeysDirectory _issuers = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await KeyServer.StartAsync(_issuer.KeySetJson());
        _upstream = await EchoUpstream.StartAsync();
        _issuers = new IssuerKeysDirectory(_time, NullLogger<IssuerKeysDirectory>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _issuers.Dispose();
        await _upstream.DisposeAsync();
        await _server.DisposeAsync();
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ServiceOfTheDocument_IsAsked_WhereTheSettingsSayThatItRuns()
    {
        // The document's own address answers nobody; the settings name two instances, of which the first is down.
        var services = new Dictionary<string, IReadOnlyList<Uri>> { ["idp"] = [new Uri("http://127.0.0.1:9"), _server.Url] };
        await using TestGateway gateway = await StartAsync("jwks: { service: idp, path: /keys }", services);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "RS256"));
    }

    [Theory]
    [InlineData("https://idp.example", HttpStatusCode.OK)]
    [InlineData("https://other.example", HttpStatusCode.Unauthorized)]
    public async Task OpenIdConnect_WithKeysFromAService_TakesTokensOfTheIssuerOfItsAddress(string issuer, HttpStatusCode status)
    {
        string document = Document("jwks: { service: idp, path: /keys }")
            .Replace("type: http, scheme: bearer,", $"type: openIdConnect, openIdConnectUrl: \"{issuer}/.well-known/openid-configuration\",", StringComparison.Ordinal)
            .Replace("issuer: \"https://idp.example\",", "", StringComparison.Ordinal);
        var services = new Dictionary<string, IReadOnlyList<Uri>> { ["idp"] = [_server.Url] };
        await using TestGateway gateway = await TestGateway.StartAsync(document, Options(services), authenticators: [Compiler()], time: _time);
        Assert.Equal(status, await StatusAsync(gateway, "RS256"));
    }

    [Fact]
    public async Task File_WithASecret_IsTheOnlyPlaceForOne()
    {
        string file = Path.Combine(_folder, "secret.json");
        await File.WriteAllTextAsync(file, _issuer.KeySetJson("HS256"));
        await using TestGateway gateway = await StartAsync($"algorithms: [HS256], jwks: {{ file: \"{file}\" }}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "HS256"));

        _server.Keys = _issuer.KeySetJson("HS256");
        await using TestGateway fetched = await StartAsync($"algorithms: [HS256], jwks: {{ uri: \"{_server.KeysUrl}\" }}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(fetched, "HS256"));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("{}", "is not a set of keys")]
    [InlineData("""{"keys":[]}""", "has no key that can be used")]
    public async Task File_WithoutKeys_IsAnErrorOfLoading(string? content, string message)
    {
        string file = Path.Combine(_folder, "broken.json");
        if (content is not null)
            await File.WriteAllTextAsync(file, content);
        PlanResult result = TestGateway.Compile(Options(null), [Compiler()], Document($"jwks: {{ file: \"{file}\" }}"));
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Code == JwtDiagnostics.KeysUnreadable.Code && item.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeysOfAPlanThatWasReplaced_AreLetGo()
    {
        await using TestGateway gateway = await StartAsync($"jwks: {{ uri: \"{_server.KeysUrl}\" }}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "RS256"));
        gateway.Reload(Document($"jwks: {{ uri: \"{_server.KeysUrl}\" }}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "RS256"));
        Assert.Equal(1, _server.Requests);

        Compiler().Retire(GatewayPlan.Empty);
        gateway.Reload(Document($"jwks: {{ uri: \"{_server.KeysUrl}\" }}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "RS256"));
        Assert.Equal(2, _server.Requests);
    }

    private static string Document(string settings) => $$"""
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        x-gateway-config: { services: { idp: { url: "http://127.0.0.1:9" } } }
        security: [{ user: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], {{settings}} } }
        """;

    private JwtAuthenticatorCompiler Compiler() => new(_issuers, new VerifiedTokens(), _time, NullLogger<JwtAuthenticatorCompiler>.Instance);

    private PlanOptions Options(Dictionary<string, IReadOnlyList<Uri>>? services) =>
        new() { Upstream = _upstream.Url, Services = services ?? [] };

    private Task<TestGateway> StartAsync(string settings, Dictionary<string, IReadOnlyList<Uri>>? services = null) =>
        TestGateway.StartAsync(Document(settings), Options(services), authenticators: [Compiler()], time: _time);

    private async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string algorithm)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mine");
        request.Headers.Authorization = new("Bearer", _issuer.Sign(algorithm));
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
