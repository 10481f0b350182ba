using System.Net;
using System.Text.Json.Nodes;
using Headgate.Gateway.Tests.Policies.Authentication;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>Limits of callers who show real tokens, good ones and forged ones.</summary>
public class TokenLimitTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: v1 }
        components:
          securitySchemes:
            bearer: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
        security: [{ bearer: [] }]
        x-gateway-config: { rateLimit: { LIMITS } }
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
          /open: { get: { operationId: open, security: [], responses: { "200": { description: ok } } } }
        """;

    [Fact]
    public async Task Users_OfTokens_AreCountedApart_AndTheirTenantsTogether()
    {
        await using SecuredGateway gateway = await StartAsync("limits: [{ by: user, limit: 3, window: 1h }, { by: tenant, limit: 5, window: 1h }]");
        Assert.Equal(3, await AdmittedAsync(gateway, 9, "/a", Token(gateway, "ada", "acme")));
        Assert.Equal(2, await AdmittedAsync(gateway, 9, "/a", Token(gateway, "bob", "acme")));
        Assert.Equal(3, await AdmittedAsync(gateway, 9, "/a", Token(gateway, "eve", "other")));

        // A new token is not a new user.
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await AdmittedAsync(gateway, 3, "/a", Token(gateway, "ada", "acme", jti: "another")));
    }

    [Fact]
    public async Task ForgedTokens_RunIntoTheLimitOfTheirAddress_AndTakeNothingFromTheUserWhomTheyName()
    {
        await using SecuredGateway gateway = await StartAsync("limits: [{ by: user, limit: 2, window: 1h }, { by: ip, limit: 10, window: 1h }]");
        using var forger = new TestIssuer(ownKey: true);
        var seen = new List<HttpStatusCode>();
        for (int i = 0; i < 8; i++)
        {
            using HttpResponseMessage response = await gateway.GetAsync("/a", $"Authorization: Bearer {Token(forger, "ada", "acme", $"{i}")}");
            seen.Add(response.StatusCode);
            Assert.Equal($"\"ip\";r={9 - i};t={360 * (i + 1)}", Assert.Single(response.Headers.GetValues("RateLimit")));
        }

        Assert.All(seen, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Equal(2, await AdmittedAsync(gateway, 9, "/a", Token(gateway, "ada", "acme")));
        Assert.Equal(0, await AdmittedAsync(gateway, 9, "/a", Token(forger, "ada", "acme", "last")));
    }

    [Fact]
    public async Task DefaultAndAuthenticated_TellCallersApart_ByTheirTokens()
    {
        await using SecuredGateway gateway = await StartAsync("default: 2, authenticated: 4, window: 1h");
        Assert.Equal(2, await AdmittedAsync(gateway, 9, "/open", null));
        Assert.Equal(4, await AdmittedAsync(gateway, 9, "/a", Token(gateway, "ada", "acme")));
    }

    private static Task<SecuredGateway> StartAsync(string limits) => SecuredGateway.StartAsync(Document.Replace("LIMITS", limits, StringComparison.Ordinal));

    private static async Task<int> AdmittedAsync(SecuredGateway gateway, int requests, string path, string? token)
    {
        int admitted = 0;
        for (int i = 0; i < requests; i++)
        {
            using HttpResponseMessage response = await gateway.GetAsync(path, token is null ? [] : [$"Authorization: Bearer {token}"]);
            admitted += response.StatusCode == HttpStatusCode.TooManyRequests ? 0 : 1;
        }

        return admitted;
    }

    private static string Token(SecuredGateway gateway, string user, string tenant, string jti = "first") => Token(gateway.Issuer, user, tenant, jti);

    private static string Token(TestIssuer issuer, string user, string tenant, string jti)
    {
        JsonObject claims = TestIssuer.Claims();
        (claims["sub"], claims["tenant_id"], claims["jti"]) = (user, tenant, jti);
        return issuer.Sign(claims: claims);
    }
}
