using System.Text.Json.Nodes;
using Commerce.Shared.Hosting;
using Commerce.Tests.Support;

namespace Commerce.Tests.Identity;

public class DiscoveryTests(ShopFixture fixture)
{
    private const string Configuration = "/identity/.well-known/openid-configuration";

    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Configuration_OfTheIssuer_NamesEndpointsThatAreServed()
    {
        var users = _shop.Anonymous("user-service");
        var metadata = (await users.GetAsync(Configuration)).Expect(200).Body!.AsObject();
        var served = _shop.Host.Services.Single(service => service.Name == "user-service").Operations;

        Assert.Equal(_shop.Options.Issuer, metadata["issuer"]!.GetValue<string>());
        var endpoints = metadata.Where(member => member.Key.EndsWith("_endpoint", StringComparison.Ordinal) || member.Key == "jwks_uri").ToList();
        Assert.Equal(6, endpoints.Count);
        Assert.All(endpoints, endpoint =>
        {
            Assert.StartsWith($"{_shop.Options.Issuer}/", endpoint.Value!.GetValue<string>(), StringComparison.Ordinal);
            var path = new Uri(endpoint.Value.GetValue<string>()).AbsolutePath;
            Assert.Contains(served, operation => operation.EndsWith($" {path}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Configuration_OfWhatIsSupported_PromisesNothingElse()
    {
        var reply = (await _shop.Anonymous("user-service").GetAsync(Configuration)).Expect(200);

        Assert.Equal("""["code"]""", reply.Body!["response_types_supported"]!.ToJsonString());
        Assert.Equal("""["authorization_code","refresh_token"]""", reply.Body["grant_types_supported"]!.ToJsonString());
        Assert.Equal("""["S256"]""", reply.Body["code_challenge_methods_supported"]!.ToJsonString());
        Assert.Equal("""["RS256"]""", reply.Body["id_token_signing_alg_values_supported"]!.ToJsonString());
        Assert.True(reply.Body["authorization_response_iss_parameter_supported"]!.GetValue<bool>());
        // It would count as supported if it were not there.
        Assert.False(reply.Body["request_uri_parameter_supported"]!.GetValue<bool>());
        Assert.Equal("public, max-age=300", reply.Header("Cache-Control"));
    }

    [Fact]
    public async Task Keys_OfTheProvider_AreTheOnesOfAccessTokens()
    {
        var users = _shop.Anonymous("user-service");

        var provider = (await users.GetAsync("/identity/jwks.json")).Expect(200);
        var service = (await users.GetAsync("/.well-known/jwks.json")).Expect(200);

        Assert.True(JsonNode.DeepEquals(service.Body, provider.Body));
    }

    [Fact]
    public async Task Issuer_Configured_IsTheOneOfEndpointsTokensAndCookies()
    {
        const string issuer = "https://id.shop.example/people";
        await using var shop = await Shop.StartAsync(options => options with { Issuer = issuer });
        var application = Application.CommandLine(shop);
        var browser = new Browser(application.Api);

        var metadata = (await application.Api.GetAsync(Configuration)).Expect(200);
        var page = (await browser.GetAsync(application.AuthorizePath())).Expect(200);
        var signedIn = await browser.PostAsync("/identity/login", Browser.FilledIn(Browser.FormOf(page), "alice"));

        Assert.Equal($"{issuer}/token", metadata.Text("token_endpoint"));
        Assert.Equal(issuer, application.Back(signedIn)["iss"]);
        // No script reads it, no other site sends it, and it never travels in clear text.
        Assert.All([page.Header("Set-Cookie"), signedIn.Header("Set-Cookie")],
            cookie => Assert.EndsWith("; Path=/people; HttpOnly; SameSite=Lax; Secure", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_SentByTheClient_ChangesNothing()
    {
        var reply = await _shop.Anonymous("user-service", ("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https")).GetAsync(Configuration);

        Assert.DoesNotContain("evil", reply.Expect(200).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("/identity")]
    [InlineData("ftp://shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/id?tenant=acme")]
    [InlineData("https://shop.example/id#there")]
    [InlineData("https://user@shop.example/id")]
    public async Task Issuer_ThatIsNone_IsRefusedAtStart(string issuer)
    {
        var error = await Assert.ThrowsAsync<CommerceStartException>(() => Shop.StartAsync(options => options with { Issuer = issuer }));

        Assert.Contains("--issuer must be", error.Message, StringComparison.Ordinal);
    }
}
