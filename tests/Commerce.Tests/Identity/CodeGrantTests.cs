using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Commerce.Tests.Support;
using Commerce.Users.Identity;

namespace Commerce.Tests.Identity;

/// <summary>What a code is exchanged for, and for whom it is nothing.</summary>
public class CodeGrantTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;
    private readonly Application _cli = Application.CommandLine(fixture.Shop);
    private readonly Application _storefront = Application.Storefront(fixture.Shop);

    [Fact]
    public async Task Tokens_OfACode_AreOfTheUserAndSignedWithTheKeyOfTheProvider()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var tokens = await _cli.TokensAsync("alice");

        Assert.Equal(("Bearer", Application.Everything), (tokens.Text("token_type"), tokens.Text("scope")));
        Assert.Equal("no-store", tokens.Header("Cache-Control"));
        var id = Claims(tokens.Text("id_token"));
        Assert.Equal((_shop.Options.Issuer, "user-alice", "shop-cli", "the-nonce"), (Text(id, "iss"), Text(id, "sub"), Text(id, "aud"), Text(id, "nonce")));
        Assert.InRange(id["auth_time"]!.GetValue<long>(), before, before + 60);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(tokens.Text("access_token")));
        Assert.Equal(Base64Url.EncodeToString(hash.AsSpan(0, 16)), Text(id, "at_hash"));
        var access = Claims(tokens.Text("access_token"));
        Assert.Equal(("user-alice", "acme", "api://orders", "shop-cli"), (Text(access, "sub"), Text(access, "tenant_id"), Text(access, "aud"), Text(access, "client_id")));
        Assert.Equal(Text(Header(await _shop.TokenAsync("alice")), "kid"), Text(Header(tokens.Text("id_token")), "kid"));
    }

    [Fact]
    public async Task AccessToken_OfACode_OpensTheServicesAndTheIdTokenDoesNot()
    {
        var tokens = await _cli.TokensAsync("alice");

        (await Orders(tokens.Text("access_token"))).Expect(200);
        (await Orders(tokens.Text("id_token"))).Expect(401);
    }

    [Theory]
    [InlineData("alice", "openid orders:read products:write", "openid orders:read")]
    [InlineData("acme-admin", "openid orders:read products:write", "openid orders:read products:write")]
    [InlineData("alice", "orders:read orders:read nonsense", "orders:read")]
    public async Task Scope_ThatTheUserMayNotHave_IsNotGranted(string username, string asked, string granted)
    {
        var tokens = await _cli.TokensAsync(username, ("scope", asked));

        Assert.Equal(granted, tokens.Text("scope"));
        Assert.Equal(granted, Text(Claims(tokens.Text("access_token")), "scope"));
        Assert.Equal(granted.Contains("openid", StringComparison.Ordinal), tokens.Body!["id_token"] is not null);
        Assert.Null(tokens.Body["refresh_token"]);
    }

    [Fact]
    public async Task Scope_OfWhichNothingIsLeft_IsToldToTheApplication()
    {
        var back = _cli.Back(await new Browser(_cli.Api).SignInAsync(_cli.AuthorizePath(("scope", "products:write")), "alice"));

        Assert.Equal("invalid_scope", back["error"]);
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("wrong-wrong-wrong-wrong-wrong-wrong-wrong-wrong", "invalid_grant")]
    [InlineData(Application.Challenge, "invalid_grant")]
    [InlineData("short", "invalid_grant")]
    [InlineData("  dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "invalid_grant")]
    public async Task Verifier_MissingOrNotOfTheChallenge_IsRefused(string? verifier, string error)
    {
        var code = await _cli.CodeAsync("alice");

        Refused(await _cli.RedeemAsync(code, ("code_verifier", verifier)), error);
        (await _cli.RedeemAsync(code)).Expect(200);
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("http://127.0.0.1:50124/callback", "invalid_grant")]
    [InlineData("http://127.0.0.1/callback", "invalid_grant")]
    public async Task RedirectUri_OtherThanTheOneOfTheRequest_IsRefused(string? uri, string error) =>
        Refused(await _cli.RedeemAsync(await _cli.CodeAsync("alice"), ("redirect_uri", uri)), error);

    [Fact]
    public async Task Code_OfAnotherApplication_IsRefusedAndStaysGoodForItsOwn()
    {
        var code = await _cli.CodeAsync("alice");

        Refused(await _storefront.RedeemAsync(code, ("redirect_uri", _cli.RedirectUri)), "invalid_grant");
        (await _cli.RedeemAsync(code)).Expect(200);
    }

    [Fact]
    public async Task Code_AfterAMinuteOrMadeUp_IsRefused()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var application = Application.CommandLine(shop);
        var code = await application.CodeAsync("alice");

        clock.Advance(AuthorizationCodes.Lifetime);

        Refused(await application.RedeemAsync(code), "invalid_grant");
        Refused(await application.RedeemAsync(new string('c', 43)), "invalid_grant");
    }

    [Fact]
    public async Task Code_UsedTwice_RevokesWhatItGave()
    {
        var code = await _cli.CodeAsync("alice");
        var refresh = (await _cli.RedeemAsync(code)).Expect(200).Text("refresh_token");
        var next = (await _cli.RefreshAsync(refresh)).Expect(200).Text("refresh_token");

        // The thief has no verifier; that the code comes again is enough.
        Refused(await _cli.RedeemAsync(code, ("code_verifier", new string('w', 43))), "invalid_grant");

        Refused(await _cli.RefreshAsync(next), "invalid_grant");
    }

    [Fact]
    public async Task Code_UsedManyTimesAtOnce_IsGoodForExactlyOne()
    {
        var code = await _cli.CodeAsync("alice");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _cli.RedeemAsync(code)));

        var winner = Assert.Single(replies, reply => reply.Status == 200);
        Assert.All(replies.Where(reply => reply != winner), reply => Refused(reply, "invalid_grant"));
        Refused(await _cli.RefreshAsync(winner.Text("refresh_token")), "invalid_grant");
    }

    [Theory]
    [InlineData("grant_type", null, "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "client_credentials", "unsupported_grant_type")]
    [InlineData("code", null, "invalid_request")]
    [InlineData("code", "", "invalid_request")]
    public async Task Request_ThatIsNotInOrder_IsRefused(string name, string? value, string error) =>
        Refused(await _cli.RedeemAsync("code", (name, value)), error);

    [Theory]
    [InlineData("grant_type=authorization_code")]
    [InlineData("client_id=storefront")]
    [InlineData("something=1&something=2")]
    public async Task Parameter_ThatStandsThereTwice_IsRefused(string again) =>
        Refused(await FormAsync($"grant_type=authorization_code&client_id=shop-cli&code=c&redirect_uri=r&code_verifier=v&{again}"), "invalid_request");

    [Fact]
    public async Task Body_ThatIsNoForm_IsRefused()
    {
        Refused(await _cli.Api.PostAsync("/identity/token", new { grant_type = "authorization_code" }), "invalid_request");
        Refused(await _cli.Api.PostAsync("/identity/token"), "invalid_request");
        Refused(await FormAsync($"grant_type={new string('g', 9_000)}"), "invalid_request");
        using var notUtf8 = new ByteArrayContent([0x61, 0x3D, 0xFF]);
        notUtf8.Headers.ContentType = new("application/x-www-form-urlencoded");
        Refused(await _cli.Api.PostAsync("/identity/token", notUtf8), "invalid_request");
    }

    [Fact]
    public async Task Parameters_InTheQuery_AreNotRead()
    {
        var code = await _cli.CodeAsync("alice");
        using var empty = new FormUrlEncodedContent([]);

        var query = $"grant_type=authorization_code&client_id=shop-cli&code={code}&redirect_uri={Uri.EscapeDataString(_cli.RedirectUri)}&code_verifier={Application.Verifier}";
        Refused(await _cli.Api.PostAsync($"/identity/token?{query}", empty), "invalid_request");
    }

    private static void Refused(Reply reply, string error)
    {
        Assert.Equal(error, reply.Expect(400).Text("error"));
        Assert.Equal("no-store", reply.Header("Cache-Control"));
    }

    private Task<Reply> FormAsync(string form) => _cli.Api.PostAsync(
        "/identity/token", new StringContent(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));

    private Task<Reply> Orders(string token) => _shop.Anonymous("order-service", ("Authorization", $"Bearer {token}")).GetAsync("/orders");

    private static JsonNode Header(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!;

    private static JsonNode Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    private static string Text(JsonNode claims, string name) => claims[name]!.GetValue<string>();
}
