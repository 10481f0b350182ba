using System.Text;
using Commerce.Shared.Hosting;
using Commerce.Tests.Support;

namespace Commerce.Tests.Identity;

/// <summary>How applications say who they are, and how they are registered.</summary>
public class ClientAuthenticationTests(ShopFixture fixture)
{
    private readonly Application _storefront = Application.Storefront(fixture.Shop);
    private readonly Application _cli = Application.CommandLine(fixture.Shop);

    [Fact]
    public async Task Secret_InTheBodyOrInAuthorization_Holds()
    {
        (await _storefront.RedeemAsync(await _storefront.CodeAsync("alice"))).Expect(200);
        (await BasicAsync(await _storefront.CodeAsync("alice"), $"storefront:{_storefront.Secret}")).Expect(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Secret_WrongOrMissing_IsRefused(string secret)
    {
        var code = await _storefront.CodeAsync("alice");

        Unknown(await (_storefront with { Secret = secret }).RedeemAsync(code));
        Unknown(await BasicAsync(code, $"storefront:{secret}"));
        (await _storefront.RedeemAsync(code)).Expect(200);
    }

    [Fact]
    public async Task Secret_OfAPublicApplication_IsRefused() =>
        Unknown(await (_cli with { Secret = "anything" }).RedeemAsync(await _cli.CodeAsync("alice")));

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic c3RvcmVmcm9udA==")]
    [InlineData("Bearer c3RvcmVmcm9udDp4")]
    [InlineData("Digest username=storefront")]
    public async Task Authorization_ThatIsNoBasic_IsRefused(string header) =>
        Unknown(await _storefront.Api.PostAsync("/identity/token", Form("c"), ("Authorization", header)));

    [Fact]
    public async Task Application_NamedInTwoWays_IsRefused()
    {
        var authorization = Basic($"storefront:{_storefront.Secret}");
        foreach (var (name, value) in new[] { ("client_secret", _storefront.Secret!), ("client_id", "shop-cli") })
        {
            var reply = await _storefront.Api.PostAsync("/identity/token", Form("c", (name, value)), ("Authorization", authorization));
            Assert.Equal("invalid_request", reply.Expect(400).Text("error"));
        }
    }

    [Fact]
    public async Task Clients_FromAFile_TakeThePlaceOfThoseOfDevelopment()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """[{ "clientId": "spa", "name": "Mine", "secretName": "SPA_SECRET", "redirectUris": ["https://spa.example/cb"] }]""");
        await using var shop = await Shop.StartAsync(options => options with
        {
            ClientsFile = file,
            Environment = name => name == "SPA_SECRET" ? "s:e+c r%t" : null,
        });
        File.Delete(file);
        var spa = new Application(shop.Anonymous("user-service"), "spa", "https://spa.example/cb", "s:e+c r%t");

        (await spa.RedeemAsync(await spa.CodeAsync("alice"))).Expect(200);
        // RFC 6749 §2.3.1: encoded as in a form, which is what makes a colon in it possible.
        var basic = await spa.Api.PostAsync("/identity/token", Form(await spa.CodeAsync("alice"), ("redirect_uri", spa.RedirectUri)),
            ("Authorization", Basic("spa:s%3Ae%2Bc+r%25t")));
        basic.Expect(200);
        (await spa.Api.GetAsync(Application.CommandLine(shop).AuthorizePath())).Expect(400);
    }

    [Theory]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["http://shop.example/cb"] }]""", "must use https, or http to 127.0.0.1")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["http://localhost/cb"] }]""", "must use https, or http to 127.0.0.1")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["https://shop.example/cb#x"] }]""", "has a fragment")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["https://u@shop.example/cb"] }]""", "is no http or https URL")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["myapp:/cb"] }]""", "is no http or https URL")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": [] }]""", "needs a clientId and a redirect URI")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["https://a.example"], "postLogoutRedirectUris": ["/"] }]""", "is no http or https URL")]
    [InlineData("""[{ "clientId": "a", "name": "A", "secretName": "../key", "redirectUris": ["https://a.example"] }]""", "secretName '../key'")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectUris": ["https://a.example"] }, { "clientId": "a", "name": "B", "redirectUris": ["https://b.example"] }]""", "'a' stands there twice")]
    [InlineData("""[{ "clientId": "a", "name": "A", "redirectURL": ["https://a.example"] }]""", "cannot be read")]
    [InlineData("""[null]""", "null is no client")]
    [InlineData("""{""", "cannot be read")]
    public async Task Clients_ThatAreWrong_AreRefusedAtStart(string clients, string reason)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, clients);

        var error = await Assert.ThrowsAsync<CommerceStartException>(() => Shop.StartAsync(options => options with { ClientsFile = file }));
        File.Delete(file);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsFile_ThatIsNotThere_IsRefusedAtStart() =>
        Assert.Contains("--clients /no/such/file", (await Assert.ThrowsAsync<CommerceStartException>(
            () => Shop.StartAsync(options => options with { ClientsFile = "/no/such/file" }))).Message, StringComparison.Ordinal);

    private static void Unknown(Reply reply)
    {
        Assert.Equal("invalid_client", reply.Expect(401).Text("error"));
        Assert.Equal("Basic realm=\"commerce\"", reply.Header("WWW-Authenticate"));
    }

    private Task<Reply> BasicAsync(string code, string credentials) =>
        _storefront.Api.PostAsync("/identity/token", Form(code), ("Authorization", Basic(credentials)));

    private FormUrlEncodedContent Form(string code, params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = _storefront.RedirectUri,
            ["code_verifier"] = Application.Verifier,
        };
        foreach (var (name, value) in more)
            form[name] = value;
        return new FormUrlEncodedContent(form);
    }

    private static string Basic(string credentials) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}";
}
