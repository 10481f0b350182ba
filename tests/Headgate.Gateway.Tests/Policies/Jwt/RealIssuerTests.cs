using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Tokens that others made: of npm's oidc-provider, found by discovery, and of npm's jose, with every algorithm.</summary>
public class RealIssuerTests
{
    [Fact]
    public async Task OpenIdConnectScheme_WithARealProvider_LetsItsTokensIn()
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        await using NodeScript provider = NodeScript.Start("issuer.mjs");
        var issuer = new Uri(await provider.ReadLineAsync(TestContext.Current.CancellationToken));
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        using var issuers = new IssuerKeysDirectory(TimeProvider.System, NullLogger<IssuerKeysDirectory>.Instance);
        await using TestGateway gateway = await TestGateway.StartAsync(
            $$"""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            paths:
              /read: { get: { operationId: read, security: [{ oidc: ["orders:read"] }], responses: { "200": { description: ok } } } }
              /write: { get: { operationId: write, security: [{ oidc: ["orders:write"] }], responses: { "200": { description: ok } } } }
              /other: { get: { operationId: other, security: [{ elsewhere: [] }], responses: { "200": { description: ok } } } }
            components:
              securitySchemes:
                oidc: { type: openIdConnect, openIdConnectUrl: "{{issuer}}.well-known/openid-configuration", x-gateway-jwt: { audiences: ["urn:orders"] } }
                elsewhere: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "{{issuer.ToString().TrimEnd('/')}}", audiences: ["urn:elsewhere"] } }
            """,
            new PlanOptions { Upstream = upstream.Url },
            authenticators: [new JwtAuthenticatorCompiler(issuers, new VerifiedTokens(), TimeProvider.System, NullLogger<JwtAuthenticatorCompiler>.Instance)]);
        string token = await TokenAsync(issuer, "orders:read");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/read", token));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(gateway, "/read", token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(gateway, "/write", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, "/other", token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, "/read", token[..^8] + "AAAAAAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(gateway, "/read", null));
    }

    [Fact]
    public async Task Tokens_OfJose_HoldWithEveryAlgorithmThatThisPlatformHas()
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        await using NodeScript signer = NodeScript.Start("sign.mjs");
        using JsonDocument printed = JsonDocument.Parse(await signer.ReadLineAsync(TestContext.Current.CancellationToken));
        KeySet keys = TestIssuer.Read(printed.RootElement.GetProperty("public").GetRawText());
        KeySet secrets = TestIssuer.Read(printed.RootElement.GetProperty("secret").GetRawText());
        JwtVerifier verifier = Verifiers.Of(Enum.GetValues<JwtAlgorithm>());
        int tokens = 0;
        foreach (JsonProperty signed in printed.RootElement.GetProperty("tokens").EnumerateObject())
        {
            JwtResult result = verifier.Verify(signed.Value.GetString()!, signed.Name[0] == 'H' ? secrets : keys, TimeProvider.System.GetUtcNow());
            Assert.Equal((signed.Name, signed.Name == "EdDSA" ? null : "user-7"), (signed.Name, result.Token?.Caller.User));
            tokens++;
        }

        Assert.Equal(13, tokens);
    }

    private static async Task<string> TokenAsync(Uri issuer, string scope)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = scope });
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(issuer, "/token")) { Content = form };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("robot:robot-secret"u8));
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestGateway gateway, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using HttpResponseMessage response = await gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
