using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Explaining;

/// <summary>What <c>explain</c> says of callers, tenants and permissions is what happens; and nothing of a token is in it.</summary>
public sealed class SecurityVerdictTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Fixtures, version: "1" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID], required: secured } }
        security: [{ user: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /public: { get: { operationId: public, security: [], responses: { "200": { description: ok } } } }
          /scoped: { get: { operationId: scoped, security: [{ user: [read] }], responses: { "200": { description: ok } } } }
          /permitted: { get: { operationId: permitted, x-gateway-authorize: "a:read", responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: [x], jwks: { file: keys.json } } }
        """;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TemporaryDirectory _directory = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        ECParameters key = _key.ExportParameters(false);
        _directory.Write("keys.json", $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"{{Base64Url.EncodeToString(key.Q.X)}}","y":"{{Base64Url.EncodeToString(key.Q.Y)}}"}]}""");
        _upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        _gateway = await TestGateway.StartAsync(_directory.Write("fixtures.yaml", Document), _upstream.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData("/mine", null, 401)]
    [InlineData("/mine", "{}", 200)]
    [InlineData("/mine", """{"exp":1000000000}""", 401)]
    [InlineData("/mine", """{"aud":"y"}""", 401)]
    [InlineData("/mine", """{"iss":"https://other.example"}""", 401)]
    [InlineData("/mine", """{"nbf":9999999999}""", 401)]
    [InlineData("/mine", """{"tenant_id":null}""", 403)]
    [InlineData("/mine", """{"tenant_id":"acme"}""", 200, "X-Tenant-ID: acme")]
    [InlineData("/mine", """{"tenant_id":"acme"}""", 403, "X-Tenant-ID: globex")]
    [InlineData("/mine", "{}", 400, "X-Tenant-ID: a/b")]
    [InlineData("/public", null, 200)]
    [InlineData("/scoped", "{}", 403)]
    [InlineData("/scoped", """{"scope":"write read"}""", 200)]
    [InlineData("/permitted", "{}", 403)]
    [InlineData("/permitted", """{"roles":[{"role":"r","permissions":["a:*"]}]}""", 200)]
    [InlineData("/permitted", """{"roles":[{"role":"r","scope":"tenant:globex","permissions":["a:*"]}]}""", 403)]
    public async Task Verdict_OfAnExplanation_IsTheRealAnswersStatus(string target, string? claims, int expected, params string[] headers)
    {
        string? token = claims is null ? null : Sign(claims);
        string[] all = token is null ? headers : [$"Authorization: Bearer {token}", .. headers];
        string explanation = await ExplainAsync(target, all);
        JsonElement report = JsonDocument.Parse(explanation).RootElement;
        int explained = report.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 200;

        Assert.Equal((expected, expected), (explained, await SendAsync(target, all)));
        if (token is not null)
            Assert.All(token.Split('.'), part => Assert.DoesNotContain(part, explanation, StringComparison.Ordinal));

        // A second time the gateway knows the token: the verdict must not change.
        Assert.Equal(expected, await SendAsync(target, all));
    }

    private string Sign(string changes)
    {
        JsonObject claims = new() { ["iss"] = "https://idp.example", ["aud"] = "x", ["sub"] = "ann", ["tenant_id"] = "acme", ["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds() };
        foreach ((string name, JsonNode? value) in JsonNode.Parse(changes)!.AsObject())
            claims[name] = value?.DeepClone();
        string signed = $"{Encode("""{"alg":"ES256","kid":"a"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private async Task<string> ExplainAsync(string url, string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/explain") { Headers = { { "X-Admin-Key", TestGateway.AdminKeyText } } };
        request.Content = JsonContent.Create(new { method = "GET", url, headers });
        using HttpResponseMessage response = await _gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<int> SendAsync(string target, string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
