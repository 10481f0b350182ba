using Commerce.Tests.Support;
using Commerce.Users.Identity;

namespace Commerce.Tests.Identity;

/// <summary>When a sign-in of before spares the user a new one, and how it ends.</summary>
public class SessionTests(ShopFixture fixture)
{
    private readonly Application _storefront = Application.Storefront(fixture.Shop);

    [Fact]
    public async Task Session_AtAnApplicationWithASecret_IsUsedAgain()
    {
        var browser = await SignedInAsync(_storefront);

        Assert.Contains("code", _storefront.Back(await browser.GetAsync(_storefront.AuthorizePath())));
        Assert.Contains("code", _storefront.Back(await browser.GetAsync(_storefront.AuthorizePath(("prompt", "none")))));
    }

    [Theory]
    [InlineData("login")]
    [InlineData("consent")]
    [InlineData("select_account")]
    [InlineData("login consent")]
    public async Task Session_WhereTheApplicationWantsToAsk_IsNotUsed(string prompt)
    {
        var browser = await SignedInAsync(_storefront);

        (await browser.GetAsync(_storefront.AuthorizePath(("prompt", prompt)))).Expect(200);
    }

    [Fact]
    public async Task Session_AtAPublicApplication_IsNeverUsedUnseen()
    {
        var browser = await SignedInAsync(_storefront);
        var cli = Application.CommandLine(fixture.Shop);

        (await browser.GetAsync(cli.AuthorizePath())).Expect(200);
        Assert.Equal("login_required", cli.Back(await browser.GetAsync(cli.AuthorizePath(("prompt", "none"))))["error"]);
    }

    [Fact]
    public async Task Session_OlderThanMaxAgeOrItsOwnLife_IsNotUsed()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var storefront = Application.Storefront(shop);
        var browser = await SignedInAsync(storefront);

        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("code", storefront.Back(await browser.GetAsync(storefront.AuthorizePath(("max_age", "900")))));
        (await browser.GetAsync(storefront.AuthorizePath(("max_age", "300")))).Expect(200);
        (await browser.GetAsync(storefront.AuthorizePath(("max_age", "0")))).Expect(200);
        Assert.Equal("login_required", storefront.Back(await browser.GetAsync(storefront.AuthorizePath(("max_age", "300"), ("prompt", "none"))))["error"]);
        clock.Advance(IdentitySessions.Lifetime);
        (await browser.GetAsync(storefront.AuthorizePath())).Expect(200);
    }

    [Fact]
    public async Task Session_OfAnotherUserThanTheOneMeant_IsNotUsed()
    {
        var browser = await SignedInAsync(_storefront, "alice");
        var bobs = (await _storefront.TokensAsync("bob")).Text("id_token");
        var alices = (await _storefront.TokensAsync("alice")).Text("id_token");

        Assert.Contains("code", _storefront.Back(await browser.GetAsync(_storefront.AuthorizePath(("id_token_hint", alices)))));
        Assert.Equal("login_required", _storefront.Back(await browser.GetAsync(_storefront.AuthorizePath(("id_token_hint", bobs), ("prompt", "none"))))["error"]);
        Assert.Equal("login_required", _storefront.Back(await browser.SignInAsync(_storefront.AuthorizePath(("id_token_hint", bobs)), "alice"))["error"]);
        Assert.Contains("code", _storefront.Back(await browser.SignInAsync(_storefront.AuthorizePath(("id_token_hint", bobs)), "bob")));
    }

    [Fact]
    public async Task IdTokenHint_OfAnotherApplicationOrAnAccessToken_IsRefused()
    {
        var tokens = await Application.CommandLine(fixture.Shop).TokensAsync("alice");

        foreach (var hint in new[] { tokens.Text("id_token"), tokens.Text("access_token") })
            Assert.Equal("invalid_request", _storefront.Back(await _storefront.Api.GetAsync(_storefront.AuthorizePath(("id_token_hint", hint))))["error"]);
    }

    [Fact]
    public async Task Logout_Confirmed_EndsTheSessionAndGoesBack()
    {
        var browser = await SignedInAsync(_storefront);
        var session = browser.Cookies[IdentitySessions.CookieName];
        var page = (await browser.GetAsync("/identity/logout?client_id=storefront&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F&state=a%26b")).Expect(200);

        var reply = (await browser.PostAsync("/identity/logout", Browser.FormOf(page))).Expect(303);

        Assert.Equal("http://127.0.0.1:3000/?state=a%26b", reply.Header("Location"));
        Assert.False(browser.Cookies.ContainsKey(IdentitySessions.CookieName));
        // Not in this browser alone: a copy of the cookie is worth nothing either.
        browser.Cookies[IdentitySessions.CookieName] = session;
        (await browser.GetAsync(_storefront.AuthorizePath())).Expect(200);
    }

    [Fact]
    public async Task Logout_NotConfirmedOrConfirmedByAnotherSite_EndsNothing()
    {
        var browser = await SignedInAsync(_storefront);
        var attackers = Browser.FormOf(await new Browser(_storefront.Api).GetAsync("/identity/logout"));

        (await browser.GetAsync("/identity/logout")).Expect(200);
        (await browser.PostAsync("/identity/logout", new Dictionary<string, string> { ["client_id"] = "storefront" })).Expect(200);
        (await browser.PostAsync("/identity/logout", attackers)).Expect(400);

        Assert.Contains("code", _storefront.Back(await browser.GetAsync(_storefront.AuthorizePath())));
    }

    [Fact]
    public async Task Logout_ByTheIdToken_NamesTheApplication()
    {
        var token = (await _storefront.TokensAsync("alice")).Text("id_token");
        var browser = new Browser(_storefront.Api);

        (await browser.GetAsync($"/identity/logout?id_token_hint={token}&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F")).Expect(200);
        (await browser.GetAsync($"/identity/logout?id_token_hint={token}&client_id=shop-cli")).Expect(200);
        (await browser.GetAsync($"/identity/logout?id_token_hint={token}&client_id=shop-cli&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2F")).Expect(400);
    }

    [Theory]
    [InlineData("post_logout_redirect_uri=https://evil.example/")]
    [InlineData("post_logout_redirect_uri=http://127.0.0.1:3000/")]
    [InlineData("client_id=storefront&post_logout_redirect_uri=https://evil.example/")]
    [InlineData("client_id=storefront&post_logout_redirect_uri=http://127.0.0.1:3000/callback")]
    [InlineData("client_id=storefront&client_id=shop-cli")]
    public async Task Logout_ToAnUnregisteredAddress_IsToldOnAPage(string query)
    {
        var reply = (await _storefront.Api.GetAsync($"/identity/logout?{query}")).Expect(400);

        Assert.False(reply.Headers.Contains("Location"));
    }

    private static async Task<Browser> SignedInAsync(Application application, string username = "alice")
    {
        var browser = new Browser(application.Api);
        application.Back(await browser.SignInAsync(application.AuthorizePath(), username));
        return browser;
    }
}
