using Commerce.Tests.Support;

namespace Commerce.Tests.Identity;

/// <summary>What an authorization request must be, and who hears of what is wrong with it.</summary>
public class AuthorizeTests(ShopFixture fixture)
{
    private readonly Application _cli = Application.CommandLine(fixture.Shop);
    private readonly Application _storefront = Application.Storefront(fixture.Shop);

    [Theory]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("http://127.0.0.1:1/callback")]
    [InlineData("http://127.0.0.1:65535/callback")]
    public async Task RedirectUri_OfALocalApplication_MayHaveAnyPort(string uri) =>
        (await _cli.Api.GetAsync(_cli.AuthorizePath(("redirect_uri", uri)))).Expect(200);

    [Theory]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1:80@evil.example/callback")]
    [InlineData("http://127.0.0.1:80:@evil.example/callback")]
    [InlineData(@"http://127.0.0.1:80\@evil.example/callback")]
    [InlineData("http://127.0.0.1:80#@evil.example/callback")]
    [InlineData("http://evil.example/callback")]
    [InlineData("http://evil.example:80/http://127.0.0.1/callback")]
    [InlineData("http://user@127.0.0.1:80/callback")]
    [InlineData("http://localhost:80/callback")]
    [InlineData("http://[::1]:80/callback")]
    [InlineData("http://127.1:80/callback")]
    [InlineData("https://127.0.0.1:80/callback")]
    [InlineData("HTTP://127.0.0.1:80/callback")]
    [InlineData("//127.0.0.1:80/callback")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1:0/callback")]
    [InlineData("http://127.0.0.1:65536/callback")]
    [InlineData("http://127.0.0.1:+80/callback")]
    [InlineData("http://127.0.0.1: 80/callback")]
    [InlineData("http://127.0.0.1:80 /callback")]
    [InlineData("http://127.0.0.1:80//callback")]
    [InlineData("http://127.0.0.1:80/callback/")]
    [InlineData("http://127.0.0.1:80/callback/../other")]
    [InlineData("http://127.0.0.1:80/%63allback")]
    [InlineData("http://127.0.0.1:80/callback?next=https://evil.example")]
    [InlineData("http://127.0.0.1:80/callback#there")]
    [InlineData("http://127.0.0.1:80/callback\r\nLocation: https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public Task RedirectUri_ThatIsNotTheLocalApplications_IsNeverRedirectedTo(string uri) => RefusedOnAPageAsync(_cli, ("redirect_uri", uri));

    [Theory]
    [InlineData("http://127.0.0.1:3001/callback")]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("https://storefront.example:8443/callback")]
    [InlineData("https://storefront.example.evil.example/callback")]
    [InlineData("https://storefront.example@evil.example/callback")]
    [InlineData("https://evil.storefront.example/callback")]
    [InlineData("https://storefront.example/callbacks")]
    [InlineData("http://storefront.example/callback")]
    public Task RedirectUri_ThatTheStorefrontDidNotRegister_IsNeverRedirectedTo(string uri) => RefusedOnAPageAsync(_storefront, ("redirect_uri", uri));

    [Theory]
    [InlineData("client_id", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", "SHOP-CLI")]
    [InlineData("redirect_uri", null)]
    public Task Target_ThatIsNotKnown_IsToldOnAPage(string name, string? value) => RefusedOnAPageAsync(_cli, (name, value));

    [Theory]
    [InlineData("redirect_uri=https%3A%2F%2Fevil.example")]
    [InlineData("client_id=storefront")]
    public async Task Target_ThatStandsThereTwice_IsToldOnAPage(string again)
    {
        var reply = (await _cli.Api.GetAsync($"{_cli.AuthorizePath()}&{again}")).Expect(400);

        Assert.False(reply.Headers.Contains("Location"));
    }

    [Theory]
    [InlineData("response_type", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("scope", null, "invalid_scope")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge", "short", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("prompt", "sometimes", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "99999999999", "invalid_request")]
    [InlineData("id_token_hint", "e30.e30.e30", "invalid_request")]
    [InlineData("request", "e30.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://evil.example/request", "request_uri_not_supported")]
    [InlineData("registration", "{}", "registration_not_supported")]
    public async Task Request_ThatIsNotInOrder_IsToldToTheApplication(string name, string? value, string error)
    {
        var back = _cli.Back(await _cli.Api.GetAsync(_cli.AuthorizePath((name, value))));

        Assert.Equal(error, back["error"]);
        Assert.Equal("the state", back["state"]);
        Assert.Equal(fixture.Shop.Options.Issuer, back["iss"]);
        Assert.Matches("^[ !#-\\[\\]-~]+$", back["error_description"]);
        Assert.False(back.ContainsKey("code"));
    }

    [Theory]
    [InlineData("nonce=another")]
    [InlineData("code_challenge=another")]
    [InlineData("scope=openid")]
    [InlineData("something=1&something=2")]
    public async Task Parameter_ThatStandsThereTwice_IsToldToTheApplication(string again)
    {
        var back = _cli.Back(await _cli.Api.GetAsync($"{_cli.AuthorizePath()}&{again}"));

        Assert.Equal("invalid_request", back["error"]);
    }

    [Fact]
    public async Task State_ThatStandsThereTwice_IsNotGivenBack()
    {
        var back = _cli.Back(await _cli.Api.GetAsync($"{_cli.AuthorizePath()}&state=other"));

        Assert.Equal("invalid_request", back["error"]);
        Assert.False(back.ContainsKey("state"));
    }

    [Fact]
    public async Task Request_ByForm_IsTheSameAsByQuery()
    {
        var query = _cli.AuthorizePath().Split('?')[1];
        using var form = new StringContent(query, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));

        var page = (await _cli.Api.PostAsync("/identity/authorize", form)).Expect(200);

        Assert.Equal(query, Browser.FormOf(page)["request"]);
        (await _cli.Api.PostAsync("/identity/authorize", new { client_id = "shop-cli" })).Expect(400);
    }

    [Fact]
    public async Task Request_TooLong_IsToldOnAPage()
    {
        using var form = new StringContent(_cli.AuthorizePath(("state", new string('s', 9_000))).Split('?')[1],
            new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));

        (await _cli.Api.PostAsync("/identity/authorize", form)).Expect(400);
    }

    private static async Task RefusedOnAPageAsync(Application application, params (string, string?)[] changes)
    {
        var reply = (await application.Api.GetAsync(application.AuthorizePath(changes))).Expect(400);

        Assert.False(reply.Headers.Contains("Location"));
        Assert.DoesNotContain("evil", reply.Content, StringComparison.Ordinal);
        Assert.Contains("form-action 'none'", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }
}
