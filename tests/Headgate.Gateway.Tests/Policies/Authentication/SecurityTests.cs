using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.Authentication;

/// <summary>OpenAPI's <c>security</c> as it is enforced: who is let in, what the others are told, and what the upstream sees.</summary>
public sealed class SecurityTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID], required: none } }
        security: [{ user: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /public: { get: { operationId: public, security: [], responses: { "200": { description: ok } } } }
          /optional: { get: { operationId: optional, security: [{}, { user: [] }], responses: { "200": { description: ok } } } }
          /orders: { get: { operationId: orders, security: [{ user: [orders:read] }], responses: { "200": { description: ok } } } }
          /admin: { get: { operationId: admin, security: [{ user: [orders:read, admin] }], responses: { "200": { description: ok } } } }
          /either: { get: { operationId: either, security: [{ other: [] }, { user: [orders:read] }], responses: { "200": { description: ok } } } }
          /both: { get: { operationId: both, security: [{ user: [], strict: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
            other: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://other.example", audiences: [x], jwks: { uri: "KEYS" } } }
            strict: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://strict"], jwks: { uri: "KEYS" } } }
        """;

    private SecuredGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await SecuredGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/mine")]
    [InlineData("/orders")]
    [InlineData("/either")]
    public async Task Token_ThatHolds_LetsIn_AndTheUpstreamSeesWhoCalls(string path)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path, Bearer(), "X-User-ID: forged", "x_user_id: forged");
        JsonElement headers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("user-7", headers.GetProperty("X-User-ID").GetString());
        Assert.Equal("acme", headers.GetProperty("X-Tenant-ID").GetString());
        Assert.StartsWith("Bearer ey", headers.GetProperty("Authorization").GetString(), StringComparison.Ordinal);
        Assert.False(headers.TryGetProperty("x_user_id", out _));
    }

    [Theory]
    [InlineData("/mine")]
    [InlineData("/orders")]
    [InlineData("/either")]
    [InlineData("/both")]
    public async Task Request_WithoutACredential_IsToldWhichOnesAre(string path)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer realm=\"api\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal("UNAUTHORIZED", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(0, _gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData("Authorization: Basic dXNlcjpwYXNz", "Bearer realm=\"api\"")]
    [InlineData("Authorization: Bearer", "Bearer realm=\"api\"")]
    [InlineData("Authorization: BearerX a.b.c", "Bearer realm=\"api\"")]
    [InlineData("Authorization: bearer   a.b.c", "Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token is not base64url.\"")]
    [InlineData("X-Other: 1", "Bearer realm=\"api\"")]
    public async Task Challenge_SaysAnErrorCode_OnlyWhereATokenWasSent(string header, string challenge)
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/mine?access_token=a.b.c", header);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Token_ThatHasExpired_IsRefused_AndLoggedWithoutIt()
    {
        JsonObject claims = TestIssuer.Claims();
        claims["exp"] = TestIssuer.Now.AddMinutes(-1).ToUnixTimeSeconds();
        string token = _gateway.Issuer.Sign(claims: claims);
        using HttpResponseMessage response = await _gateway.GetAsync("/mine", $"Authorization: Bearer {token}");
        string body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\", error_description=\"The token has expired.\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        string line = Assert.Single(_gateway.Log.Messages);
        Assert.Contains("refused by user: The token has expired.", line, StringComparison.Ordinal);
        foreach (string part in token.Split('.'))
        {
            Assert.DoesNotContain(part, line, StringComparison.Ordinal);
            Assert.DoesNotContain(part, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Refusals_InOneSecond_AreToldUpToABound()
    {
        for (int i = 0; i < 30; i++)
            (await _gateway.GetAsync("/mine", "Authorization: Bearer a.b.c")).Dispose();
        Assert.Equal(10, _gateway.Log.Messages.Count);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        (await _gateway.GetAsync("/mine", "Authorization: Bearer a.b.c")).Dispose();
        Assert.Contains("20 more tokens refused by user in that second", _gateway.Log.Messages);
    }

    [Fact]
    public async Task Token_WithoutTheScope_IsForbidden_AndToldWhichOne()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/admin", Bearer());
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"orders:read admin\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(("FORBIDDEN", "The credential lacks the scope admin."), (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task PublicOperation_IsServed_WhateverIsSent()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/public", "Authorization: Bearer a.b.c", "X-User-ID: forged");
        JsonElement headers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(headers.TryGetProperty("X-User-ID", out _));
    }

    [Fact]
    public async Task OptionalSecurity_ServesAnonymous_KnowsCallers_AndRefusesBadTokens()
    {
        using HttpResponseMessage anonymous = await _gateway.GetAsync("/optional");
        using HttpResponseMessage known = await _gateway.GetAsync("/optional", Bearer());
        using HttpResponseMessage bad = await _gateway.GetAsync("/optional", "Authorization: Bearer a.b.c");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (anonymous.StatusCode, known.StatusCode, bad.StatusCode));
        Assert.False((await anonymous.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers").TryGetProperty("X-User-ID", out _));
        Assert.Equal("user-7", (await known.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers").GetProperty("X-User-ID").GetString());
    }

    [Fact]
    public async Task Conjunction_NeedsEachOfItsSchemes()
    {
        JsonObject claims = TestIssuer.Claims();
        claims["aud"] = new JsonArray(TestIssuer.Audience, "api://strict");
        using HttpResponseMessage both = await _gateway.GetAsync("/both", $"Authorization: Bearer {_gateway.Issuer.Sign(claims: claims)}");
        using HttpResponseMessage one = await _gateway.GetAsync("/both", Bearer());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (both.StatusCode, one.StatusCode));
    }

    [Fact]
    public async Task SeveralCredentials_AreRefused()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/mine", Bearer(), "Authorization: Bearer a.b.c");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Tenant_OfAnotherThanTheTokens_IsForbidden()
    {
        using HttpResponseMessage same = await _gateway.GetAsync("/mine", Bearer(), "X-Tenant-ID: acme");
        using HttpResponseMessage other = await _gateway.GetAsync("/mine", Bearer(), "X-Tenant-ID: globex");
        using HttpResponseMessage two = await _gateway.GetAsync("/mine", Bearer(), "X-Tenant-ID: acme", "X-Tenant-ID: globex");

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal("urn:headgate:error:request-tenant-mismatch", (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, two.StatusCode);
    }

    [Fact]
    public async Task Keys_ThatCannotBeHad_AreA503_WithATimeToTryAgain()
    {
        _gateway.Keys.Status = 500;
        using HttpResponseMessage response = await _gateway.GetAsync("/mine", Bearer());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("5", response.Headers.RetryAfter!.ToString());

        _gateway.Keys.Status = 200;
        _gateway.Time.Advance(IssuerKeys.LeastBetweenAttempts);
        using HttpResponseMessage later = await _gateway.GetAsync("/mine", Bearer());
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task RotatedKey_IsFound_WithTheFirstTokenThatNamesIt()
    {
        (await _gateway.GetAsync("/mine", Bearer())).Dispose();
        _gateway.Keys.Keys = _gateway.Issuer.KeySetJson(keyId: "key-2");
        string token = _gateway.Issuer.Sign(header: """{"alg":"RS256","kid":"key-2"}""");
        using HttpResponseMessage tooEarly = await _gateway.GetAsync("/mine", $"Authorization: Bearer {token}");
        _gateway.Time.Advance(IssuerKeys.LeastBetweenRefetches);
        using HttpResponseMessage found = await _gateway.GetAsync("/mine", $"Authorization: Bearer {token}");
        using HttpResponseMessage removed = await _gateway.GetAsync("/mine", Bearer());

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (tooEarly.StatusCode, found.StatusCode));

        // The removed key's tokens were remembered: with the new set of keys they are not.
        Assert.Equal(HttpStatusCode.Unauthorized, removed.StatusCode);
    }

    [Fact]
    public async Task RememberedToken_IsRefused_OnceItHasExpired()
    {
        string bearer = Bearer();
        (await _gateway.GetAsync("/mine", bearer)).Dispose();
        using HttpResponseMessage again = await _gateway.GetAsync("/mine", bearer);
        _gateway.Time.Advance(TimeSpan.FromMinutes(11));
        using HttpResponseMessage expired = await _gateway.GetAsync("/mine", bearer);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (again.StatusCode, expired.StatusCode));
    }

    private string Bearer() => $"Authorization: Bearer {_gateway.Issuer.Sign()}";
}
