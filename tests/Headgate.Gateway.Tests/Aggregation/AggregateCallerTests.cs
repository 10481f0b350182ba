using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Policies.ApiKey;
using Headgate.Gateway.Tests.Policies.Jwt;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>Callers with real credentials: what of them the services of parts see, and whose the stored answers of parts are.</summary>
public sealed class AggregateCallerTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        paths:
          /keyed: { get: { operationId: keyed, security: [{ h: [], q: [], c: [] }], x-gateway-aggregate: [{ service: upstream, path: "/seen?x=1", field: seen }], responses: { "200": { description: ok } } } }
          /mine: { get: { operationId: mine, security: [{ user: [] }], x-gateway-aggregate: [{ service: upstream, path: /me, field: me, cache: 1h }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            h: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }
            q: { type: apiKey, in: query, name: api_key, x-gateway-api-key: {} }
            c: { type: apiKey, in: cookie, name: session, x-gateway-api-key: {} }
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://orders"], jwks: { uri: "KEYS" } } }
        """;

    private KeyedGateway _gateway = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await KeyedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task KeysOfHeadgatesOwn_EndAtHeadgate_ForPartsAsWell()
    {
        IssuedApiKey key = await _gateway.CreateAsync();

        string body = await AskAsync($"/keyed?api_key={key.Text}", $"X-API-Key: {key.Text}", $"Cookie: theme=dark; session={key.Text}", "X-User-ID: eve");

        JsonElement seen = JsonDocument.Parse(body).RootElement.GetProperty("seen");
        Assert.DoesNotContain(key.Text, body, StringComparison.Ordinal);
        Assert.Equal(("/seen?x=1", "theme=dark"), (seen.GetProperty("target").GetString(), seen.GetProperty("headers").GetProperty("Cookie").GetString()));
        Assert.DoesNotContain("eve", body, StringComparison.Ordinal);
    }

    // RFC 9111 §3.5: who has shown a token that was checked here has stored answers of his own.
    [Fact]
    public async Task PartOfACallerWithAToken_IsStoredForHim_AndForNobodyElse()
    {
        string first = await AskAsAsync("ada");
        string again = await AskAsAsync("ada");
        Assert.Equal((first, 1), (again, _gateway.Upstream.Requests));

        string other = await AskAsAsync("bob");
        Assert.Equal(2, _gateway.Upstream.Requests);
        Assert.Contains("\"bob\"", other, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ada\"", other, StringComparison.Ordinal);
    }

    private Task<string> AskAsAsync(string user)
    {
        JsonObject claims = TestIssuer.Claims();
        claims["sub"] = user;
        return AskAsync("/mine", $"Authorization: Bearer {_gateway.Issuer.Sign(claims: claims)}");
    }

    private async Task<string> AskAsync(string path, params string[] headers)
    {
        using HttpResponseMessage response = await _gateway.GetAsync(path, headers);
        string body = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return body;
    }
}
