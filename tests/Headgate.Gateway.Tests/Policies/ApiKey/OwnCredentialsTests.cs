using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Authentication;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>Credentials of Headgate's own end at Headgate; everything beside them passes byte for byte.</summary>
public class OwnCredentialsTests
{
    private static readonly OwnCredentials s_own = OwnCredentials.Of([new Consumer(
        new CredentialPlace(ParameterLocation.Query, "api_key"),
        new CredentialPlace(ParameterLocation.Cookie, "api_key"),
        new CredentialPlace(ParameterLocation.Header, "X-API-Key"),
        new CredentialPlace(ParameterLocation.Header, "Authorization") { Mark = "hgk_" })])!;

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "?")]
    [InlineData("?a=1", "?a=1")]
    [InlineData("?api_key=k", "")]
    [InlineData("?api_key", "")]
    [InlineData("?a=1&api_key=k", "?a=1")]
    [InlineData("?api_key=k&a=1", "?a=1")]
    [InlineData("?a=%20+%2f&api_key=k&b=&&c", "?a=%20+%2f&b=&&c")]
    [InlineData("?api_key=k&api_key=l&a=1&api_key", "?a=1")]
    [InlineData("?%61pi_key=k&a=1", "?a=1")]
    [InlineData("?api%5Fkey=k&api%5fkey=l&a", "?a")]
    [InlineData("?API_KEY=k&api_key2=l&xapi_key=m", "?API_KEY=k&api_key2=l&xapi_key=m")]
    [InlineData("?a=api_key=k", "?a=api_key=k")]
    [InlineData("?api%5_key=k&api%zzkey=k&%=1&%a", "?api%5_key=k&api%zzkey=k&%=1&%a")]
    public void Query_LosesTheKey_AndNothingElse(string query, string rest) => Assert.Equal(rest, s_own.QueryOf(query));

    [Theory]
    [InlineData("", "")]
    [InlineData("a=1; b=2", "a=1; b=2")]
    [InlineData("api_key=k", "")]
    [InlineData("a=1; api_key=k", "a=1")]
    [InlineData("api_key=k; a=1", "a=1")]
    [InlineData("a=1;api_key=k;b=\"x\"", "a=1;b=\"x\"")]
    [InlineData("a=1; api_key=k; b=2; api_key=l", "a=1; b=2")]
    [InlineData("a=1;\tapi_key=k;  api_key =l; b=2", "a=1; b=2")]
    [InlineData("API_KEY=k; api%5Fkey=l; xapi_key=m", "API_KEY=k; api%5Fkey=l; xapi_key=m")]
    public void Cookies_LoseTheKey_AndNothingElse(string field, string rest) => Assert.Equal(rest, s_own.CookiesOf(field));

    [Theory]
    [InlineData("X-API-Key", "anything", true)]
    [InlineData("x-api-KEY", "hgk_x", true)]
    [InlineData("X_API_Key", "hgk_x", false)]
    [InlineData("X-API-Keys", "hgk_x", false)]
    [InlineData("Authorization", "hgk_x", true)]
    [InlineData("authorization", "Bearer hgk_x", true)]
    [InlineData("Authorization", "Bearer eyJ", false)]
    public void Field_IsKept_UnlessItIsAKeysPlace(string name, string value, bool isHeld) => Assert.Equal(isHeld, s_own.Holds(name, value));

    [Fact]
    public void Untouched_IsTheSameText()
    {
        const string query = "?a=1&b=2";
        const string cookies = "a=1; b=2";
        Assert.Same(query, s_own.QueryOf(query));
        Assert.Same(cookies, s_own.CookiesOf(cookies));
        Assert.Null(OwnCredentials.Of([new Consumer()]));
        Assert.Equal(new CredentialPlace(ParameterLocation.Query, "a"), new CredentialPlace(ParameterLocation.Query, "a"));
    }

    [Fact]
    public async Task Upstream_SeesTheRestOfQueryAndCookies_AsTheyWereSent()
    {
        await using KeyedGateway gateway = await KeyedGateway.StartAsync("""
            openapi: 3.1.0
            info: { title: Orders, version: "7" }
            paths:
              /plain: { get: { operationId: plain, security: [{ q: [], c: [] }], x-gateway-validation: { refuseUnknownQuery: true }, parameters: [{ name: a, in: query, schema: { type: array } }], responses: { "200": { description: ok } } } }
              /moved/{id}: { get: { operationId: moved, security: [{ q: [] }], x-gateway-backend: { path: "/there/{id}?fixed=1" }, parameters: [{ name: id, in: path, required: true, schema: {} }], responses: { "200": { description: ok } } } }
            components:
              securitySchemes:
                q: { type: apiKey, in: query, name: api_key, x-gateway-api-key: {} }
                c: { type: apiKey, in: cookie, name: session, x-gateway-api-key: {} }
            """);
        IssuedApiKey key = await gateway.CreateAsync();
        JsonElement plain = await SeenAsync(gateway, $"/plain?a=%2fb+c&api_key={key.Text}&a=", $"Cookie: theme=\"d;k\"; session={key.Text}; lang=en");
        JsonElement moved = await SeenAsync(gateway, $"/moved/7?api_key={key.Text}&x=1");

        Assert.Equal("/plain?a=%2fb+c&a=", plain.GetProperty("target").GetString());
        Assert.Equal("theme=\"d;k\"; lang=en", plain.GetProperty("headers").GetProperty("Cookie").GetString());
        Assert.Equal("/there/7?fixed=1&x=1", moved.GetProperty("target").GetString());
    }

    private static async Task<JsonElement> SeenAsync(KeyedGateway gateway, string path, params string[] headers)
    {
        using HttpResponseMessage response = await gateway.GetAsync(path, headers);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private sealed class Consumer(params CredentialPlace[] places) : Authenticator
    {
        public override string ChallengeScheme => "Test";

        public override IReadOnlyList<CredentialPlace> Consumes => places;

        public override ValueTask<AuthenticationResult> AuthenticateAsync(GatewayContext context) => new(AuthenticationResult.NotPresented);
    }
}
