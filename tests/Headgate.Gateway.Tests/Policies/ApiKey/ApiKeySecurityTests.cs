using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>OpenAPI's <c>security</c> with API keys, alone and together with tokens: who is let in, as whom, and what the others are told.</summary>
public sealed class ApiKeySecurityTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        x-gateway-config:
          tenancy: { acceptHeader: [X-Tenant-ID], required: none }
          rateLimit: { limits: [{ name: per-key, by: api-key, limit: 3, window: 1h }] }
        security: [{ key: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /public: { get: { operationId: public, security: [], responses: { "200": { description: ok } } } }
          /optional: { get: { operationId: optional, security: [{}, { key: [] }], responses: { "200": { description: ok } } } }
          /orders: { get: { operationId: orders, security: [{ key: [orders:read] }], responses: { "200": { description: ok } } } }
          /either: { get: { operationId: either, security: [{ user: [] }, { key: [] }], responses: { "200": { description: ok } } } }
          /both: { get: { operationId: both, security: [{ user: [orders:read], key: [] }], responses: { "200": { description: ok } } } }
          /first: { get: { operationId: first, security: [{ key: [], strict: [] }, { user: [] }], responses: { "200": { description: ok } } } }
          /query: { get: { operationId: query, security: [{ inQuery: [] }], responses: { "200": { description: ok } } } }
          /cookie: { get: { operationId: cookie, security: [{ inCookie: [] }], responses: { "200": { description: ok } } } }
          /shared: { get: { operationId: shared, security: [{ inAuthorization: [] }, { user: [] }], responses: { "200": { description: ok } } } }
          /permitted: { get: { operationId: permitted, x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
            strict: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://strict"], jwks: { uri: "KEYS" } } }
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { header: X-Old-Key } }
            inQuery: { type: apiKey, in: query, name: api_key, x-gateway-api-key: {} }
            inCookie: { type: apiKey, in: cookie, name: api_key, x-gateway-api-key: {} }
            inAuthorization: { type: apiKey, in: header, name: Authorization, x-gateway-api-key: {} }
        """;

    private KeyedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await KeyedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/mine", "X-API-Key: KEY")]
    [InlineData("/mine", "x-api-key: KEY")]
    [InlineData("/mine", "X-Old-Key: KEY")]
    [InlineData("/either", "X-API-Key: KEY")]
    [InlineData("/optional", "X-API-Key: KEY")]
    [InlineData("/query?a=1&api_key=KEY&b=2", "X-Other: 1")]
    [InlineData("/query?api%5Fkey=KEY", "X-Other: 1")]
    [InlineData("/cookie", "Cookie: theme=dark; api_key=KEY; lang=en")]
    [InlineData("/shared", "Authorization: KEY")]
    public async Task Key_ThatHolds_LetsIn_AndTheUpstreamSeesWhoCalls_ButNotTheKey(string path, string header)
    {
        IssuedApiKey key = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Owner = "robot", Tenant = "acme" });
        using HttpResponseMessage response = await _gateway.GetAsync(path.Replace("KEY", key.Text, StringComparison.Ordinal), header.Replace("KEY", key.Text, StringComparison.Ordinal), "X-User-ID: forged");
        JsonElement seen = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("robot", seen.GetProperty("headers").GetProperty("X-User-ID").GetString());
        Assert.Equal("acme", seen.GetProperty("headers").GetProperty("X-Tenant-ID").GetString());
        Assert.DoesNotContain(key.Text[^20..], seen.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mine", "ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"")]
    [InlineData("/query", "ApiKey realm=\"api\", in=\"query\", name=\"api_key\"")]
    [InlineData("/cookie", "ApiKey realm=\"api\", in=\"cookie\", name=\"api_key\"")]
    [InlineData("/either", "Bearer realm=\"api\", ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\"")]
    public async Task Request_WithoutAKey_IsToldWhereItStands(string path, string challenge)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(challenge, string.Join(", ", response.Headers.WwwAuthenticate));
        Assert.Equal("urn:headgate:error:credentials-missing", (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("type").GetString());
        Assert.Equal(0, _gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Key_WithoutTheScope_IsForbidden_AndToldWhichOne()
    {
        IssuedApiKey none = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Scopes = ["orders:write", "orders"] });
        IssuedApiKey right = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Scopes = ["orders:read"] });
        using HttpResponseMessage response = await _gateway.GetAsync("/orders", $"X-API-Key: {none.Text}");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\", error=\"insufficient_scope\", scope=\"orders:read\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(200, await _gateway.StatusAsync("/orders", $"X-API-Key: {right.Text}"));
    }

    [Fact]
    public async Task Key_WithRoles_HasTheirPermissions()
    {
        IssuedApiKey none = await _gateway.CreateAsync();
        IssuedApiKey everywhere = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Roles = [new ApiKeyRole("clerk", null, ["order:*"])] });
        IssuedApiKey elsewhere = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Tenant = "acme", Roles = [new ApiKeyRole("clerk", "tenant:globex", ["order:*"])] });

        Assert.Equal(403, await _gateway.StatusAsync("/permitted", $"X-API-Key: {none.Text}"));
        Assert.Equal(200, await _gateway.StatusAsync("/permitted", $"X-API-Key: {everywhere.Text}"));
        Assert.Equal(403, await _gateway.StatusAsync("/permitted", $"X-API-Key: {elsewhere.Text}"));
    }

    [Fact]
    public async Task Optional_ServesAnonymous_AndRefusesKeysThatDoNotHold()
    {
        Assert.Equal(200, await _gateway.StatusAsync("/optional"));
        Assert.Equal(200, await _gateway.StatusAsync("/optional", "X-API-Key:"));
        Assert.Equal(401, await _gateway.StatusAsync("/optional", "X-API-Key: sesame"));
    }

    [Fact]
    public async Task Conjunction_WithAToken_NeedsBoth_AndTheTokensUserSpeaks()
    {
        IssuedApiKey key = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Owner = "robot" });
        Assert.Equal(401, await _gateway.StatusAsync("/both", $"X-API-Key: {key.Text}"));
        Assert.Equal(401, await _gateway.StatusAsync("/both", Bearer()));

        using HttpResponseMessage both = await _gateway.GetAsync("/both", Bearer(), $"X-API-Key: {key.Text}");
        JsonElement headers = (await both.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("headers");
        Assert.Equal("user-7", headers.GetProperty("X-User-ID").GetString());
        Assert.StartsWith("Bearer ey", headers.GetProperty("Authorization").GetString(), StringComparison.Ordinal);
        Assert.False(headers.TryGetProperty("X-API-Key", out _));
    }

    [Fact]
    public async Task Conjunction_OfDifferentTenants_IsRefused_AndOneTenantBindsBoth()
    {
        IssuedApiKey acme = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Tenant = "acme" });
        IssuedApiKey globex = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Tenant = "globex" });
        JsonObject claims = TestIssuer.Claims();
        claims.Remove("tenant_id");
        string untenanted = $"Authorization: Bearer {_gateway.Issuer.Sign(claims: claims)}";

        Assert.Equal(200, await _gateway.StatusAsync("/both", Bearer(), $"X-API-Key: {acme.Text}"));
        Assert.Equal(401, await _gateway.StatusAsync("/both", Bearer(), $"X-API-Key: {globex.Text}"));

        // The token names no tenant, the key does: a header must not name another.
        Assert.Equal(403, await _gateway.StatusAsync("/both", untenanted, $"X-API-Key: {acme.Text}", "X-Tenant-ID: globex"));
        using HttpResponseMessage response = await _gateway.GetAsync("/both", untenanted, $"X-API-Key: {acme.Text}");
        Assert.Equal("acme", (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("headers").GetProperty("X-Tenant-ID").GetString());
    }

    [Fact]
    public async Task Key_OfATenant_CallsForNoOther()
    {
        IssuedApiKey key = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", Tenant = "acme" });
        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}", "X-Tenant-ID: acme"));
        Assert.Equal(403, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}", "X-Tenant-ID: globex"));
    }

    [Fact]
    public async Task Limit_ByApiKey_CountsEachKey_ThroughItsRotation()
    {
        IssuedApiKey one = await _gateway.CreateAsync();
        IssuedApiKey other = await _gateway.CreateAsync();
        Assert.Equal((200, 200), (await _gateway.StatusAsync("/mine", $"X-API-Key: {one.Text}"), await _gateway.StatusAsync("/both", Bearer(), $"X-API-Key: {one.Text}")));
        IssuedApiKey rotated = (await _gateway.Keys.Directory.RotateAsync(one.Key.Id, TimeSpan.FromHours(1), TestContext.Current.CancellationToken))!;

        Assert.Equal((200, 429), (await _gateway.StatusAsync("/mine", $"X-API-Key: {rotated.Text}"), await _gateway.StatusAsync("/mine", $"X-API-Key: {one.Text}")));
        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {other.Text}"));
    }

    [Fact]
    public async Task Key_OfAnAlternativeThatFails_IsNotTheCallers()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        for (int i = 0; i < 3; i++)
            Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));

        // The key's limit is used up; here the token of the second alternative holds, and the key counts for nothing.
        Assert.Equal(429, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));
        Assert.Equal(200, await _gateway.StatusAsync("/first", Bearer(), $"X-API-Key: {key.Text}"));
    }

    [Fact]
    public async Task Token_BesideKeysInAuthorization_GoesOnToTheService()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/shared", Bearer());
        Assert.StartsWith("Bearer ey", (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("headers").GetProperty("Authorization").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-API-Key: KEY")]
    [InlineData("X-API-Key: not a key of ours")]
    [InlineData("Authorization: Bearer KEY")]
    [InlineData("Cookie: api_key=KEY")]
    public async Task PublicOperation_IsServed_AndItsServiceSeesNoKeyEither(string header)
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        using HttpResponseMessage response = await _gateway.GetAsync($"/public?api_key={key.Text}", header.Replace("KEY", key.Text, StringComparison.Ordinal), "X-Other: stays");
        JsonElement seen = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/public", seen.GetProperty("target").GetString());
        Assert.Equal("stays", seen.GetProperty("headers").GetProperty("X-Other").GetString());
        Assert.DoesNotContain(header.Split(':')[0], seen.GetProperty("headers").EnumerateObject().Select(field => field.Name));
    }

    private string Bearer() => $"Authorization: Bearer {_gateway.Issuer.Sign()}";
}
