using System.Net;
using Commerce.Tests.Support;
using Commerce.Users;
using Commerce.Users.Identity;

namespace Commerce.Tests.Identity;

/// <summary>The sign-in page and its form, as a person uses it and as an attacker does.</summary>
public class LoginFormTests(ShopFixture fixture)
{
    private const string WrongText = "The username or the password is wrong.";

    private readonly Application _cli = Application.CommandLine(fixture.Shop);

    [Fact]
    public async Task SignIn_RightPassword_GoesBackWithCodeStateAndIssuer()
    {
        var reply = await new Browser(_cli.Api).SignInAsync(_cli.AuthorizePath(), "bob");

        var back = _cli.Back(reply);
        Assert.Equal(["code", "iss", "state"], back.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("the state", fixture.Shop.Options.Issuer), (back["state"], back["iss"]));
        Assert.Equal(43, back["code"].Length);
        Assert.StartsWith("identity-session=", reply.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.EndsWith("; Path=/identity; HttpOnly; SameSite=Lax", reply.Header("Set-Cookie"), StringComparison.Ordinal);
        Assert.Equal("no-referrer", reply.Header("Referrer-Policy"));
    }

    [Fact]
    public async Task Page_Shown_SaysWhoAsksForWhatAndWhereItGoesOn()
    {
        var page = (await _cli.Api.GetAsync(_cli.AuthorizePath(("scope", "openid orders:read call-0900-for-free-money")))).Expect(200);

        Assert.Contains("<strong>Shop on the command line</strong> asks you to sign in, and for: openid orders:read. You go on to http://127.0.0.1:50123.",
            page.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_Shown_CannotBeFramedHasNoScriptAndSubmitsOnlyWhereItShould()
    {
        var page = (await _cli.Api.GetAsync(_cli.AuthorizePath())).Expect(200);

        var policy = page.Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("; form-action 'self' http://127.0.0.1:50123; frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", page.Header("X-Frame-Options"));
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.DoesNotContain("<script", page.Content, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page.Content, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Style_OfThePage_IsTheOneThatThePolicyAllows()
    {
        var page = (await _cli.Api.GetAsync(_cli.AuthorizePath())).Expect(200);

        var style = page.Content.Split("<style>")[1].Split("</style>")[0];
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)));
        Assert.Contains($"style-src 'sha256-{hash}'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("login_hint")]
    [InlineData("something")]
    public async Task Parameter_WithMarkup_IsTextOnThePage(string name)
    {
        const string attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&quot;&#39;\0{0}";
        var path = _cli.AuthorizePath((name, attack));

        var page = (await _cli.Api.GetAsync(path)).Expect(200);

        AssertNoMarkup(page);
        Assert.Equal(path[path.IndexOf('?', StringComparison.Ordinal)..], Browser.FormOf(page)["request"]);
    }

    [Fact]
    public async Task Username_WithMarkup_IsTextOnThePage()
    {
        const string attack = "\"><script>alert(1)</script>";

        var page = (await new Browser(_cli.Api).SignInAsync(_cli.AuthorizePath(), attack, "pass-\"><script>")).Expect(400);

        AssertNoMarkup(page);
        Assert.Equal(attack, Browser.FormOf(page)["username"]);
        Assert.Empty(Browser.FormOf(page)["password"]);
        Assert.DoesNotContain("pass-", page.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob", "wrong")]
    [InlineData("nobody-at-all", "bob-password")]
    [InlineData("a-name-that-is-longer-than-any-that-somebody-may-have", "bob-password")]
    [InlineData("", "")]
    public async Task SignIn_WrongNameOrPassword_ShowsThePageAgainWithOneText(string username, string password)
    {
        var browser = new Browser(_cli.Api);

        var page = (await browser.SignInAsync(_cli.AuthorizePath(), username, password)).Expect(400);

        Assert.Contains(WrongText, page.Content, StringComparison.Ordinal);
        Assert.False(browser.Cookies.ContainsKey(IdentitySessions.CookieName));
        var again = await browser.PostAsync("/identity/login", Browser.FilledIn(Browser.FormOf(page), "bob"));
        Assert.Contains("code", _cli.Back(again));
    }

    [Fact]
    public async Task Cancel_Pressed_IsToldToTheApplication()
    {
        var browser = new Browser(_cli.Api);
        var form = Browser.FormOf(await browser.GetAsync(_cli.AuthorizePath()));

        var back = _cli.Back(await browser.PostAsync("/identity/login", new Dictionary<string, string>(form) { ["decision"] = "cancel" }));

        Assert.Equal(("access_denied", "the state"), (back["error"], back["state"]));
    }

    [Fact]
    public async Task Form_OfAnotherBrowser_SignsNobodyIn()
    {
        // The attacker gets the page, and has the victim's browser send its form with the attacker's own name.
        var attackers = Browser.FilledIn(Browser.FormOf(await new Browser(_cli.Api).GetAsync(_cli.AuthorizePath())), "bob");
        var (fresh, inUse) = (new Browser(_cli.Api), new Browser(_cli.Api));
        await inUse.GetAsync(_cli.AuthorizePath());

        foreach (var victim in new[] { fresh, inUse })
        {
            (await victim.PostAsync("/identity/login", attackers)).Expect(400);
            Assert.False(victim.Cookies.ContainsKey(IdentitySessions.CookieName));
        }
    }

    [Fact]
    public async Task Form_WithAnotherRequestOrTokenOrPurpose_IsRefused()
    {
        var browser = new Browser(_cli.Api);
        var form = Browser.FilledIn(Browser.FormOf(await browser.GetAsync(_cli.AuthorizePath())), "bob");
        var logout = Browser.FormOf(await browser.GetAsync($"/identity/logout{form["request"]}".Replace("redirect_uri=", "r=", StringComparison.Ordinal)));
        var storefront = Application.Storefront(fixture.Shop).AuthorizePath().Split('?')[1];

        foreach (var forged in new Dictionary<string, string>[]
        {
            new(form) { ["request"] = storefront },
            new(form) { ["request"] = form["request"] + "&scope=openid" },
            new(form) { ["form_token"] = form["form_token"] + "A" },
            new(form) { ["form_token"] = $"9{form["form_token"]}" },
            new(form) { ["form_token"] = "9999999999." },
            new(form) { ["form_token"] = "" },
            new(form) { ["request"] = logout["request"], ["form_token"] = logout["form_token"] },
        })
        {
            (await browser.PostAsync("/identity/login", forged)).Expect(400);
            Assert.False(browser.Cookies.ContainsKey(IdentitySessions.CookieName));
        }

        Assert.Contains("code", _cli.Back(await browser.PostAsync("/identity/login", form)));
    }

    [Fact]
    public async Task Form_InTwoTabs_IsGoodInBoth()
    {
        var browser = new Browser(_cli.Api);
        var first = Browser.FormOf(await browser.GetAsync(_cli.AuthorizePath(("state", "one"))));
        var second = Browser.FormOf(await browser.GetAsync(_cli.AuthorizePath(("state", "two"))));

        foreach (var (form, state) in new[] { (second, "two"), (first, "one") })
            Assert.Equal(state, _cli.Back(await browser.PostAsync("/identity/login", Browser.FilledIn(form, "bob")))["state"]);
    }

    [Fact]
    public async Task Form_AfterAnHour_IsRefused()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var application = Application.CommandLine(shop);
        var browser = new Browser(application.Api);
        var form = Browser.FilledIn(Browser.FormOf(await browser.GetAsync(application.AuthorizePath())), "alice");

        clock.Advance(FormProtection.Lifetime);

        Assert.Contains("has expired", (await browser.PostAsync("/identity/login", form)).Expect(400).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_OneAfterTheOther_AreCountedTogetherWithTheOtherSignIn()
    {
        var name = $"guess-{Guid.NewGuid():N}"[..20];
        var browser = new Browser(_cli.Api);
        for (var attempt = 0; attempt < LoginThrottle.Attempts / 2; attempt++)
        {
            (await browser.SignInAsync(_cli.AuthorizePath(), name, "wrong")).Expect(400);
            (await fixture.Shop.Anonymous("user-service").PostAsync("/auth/login", new { username = name, password = "wrong" })).Expect(401);
        }

        var reply = (await browser.SignInAsync(_cli.AuthorizePath(), name, "wrong")).Expect(429);

        Assert.InRange(int.Parse(reply.Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture), 1, 300);
        (await fixture.Shop.Anonymous("user-service").PostAsync("/auth/login", new { username = name, password = "wrong" })).Expect(429);
    }

    [Fact]
    public async Task Guesses_AllAtOnce_AreNoWayAroundTheCount()
    {
        var name = $"guess-{Guid.NewGuid():N}"[..20];
        var browser = new Browser(_cli.Api);
        var form = Browser.FormOf(await browser.GetAsync(_cli.AuthorizePath()));
        var cookie = ("Cookie", $"identity-form={browser.Cookies["identity-form"]}");

        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(guess => _cli.Api.PostAsync(
            "/identity/login", new FormUrlEncodedContent(Browser.FilledIn(form, name, $"guess {guess}")), cookie)));

        Assert.Equal(LoginThrottle.Attempts, replies.Count(reply => reply.Status == 400));
        Assert.Equal(50, replies.Count(reply => reply.Status == 429));
    }

    [Fact]
    public async Task Session_ThatSomebodyPutIntoTheBrowser_IsNotTheOneThatBegins()
    {
        var browser = new Browser(_cli.Api);
        var planted = new string('p', 43);
        browser.Cookies[IdentitySessions.CookieName] = planted;

        await browser.SignInAsync(_cli.AuthorizePath(), "bob");

        Assert.NotEqual(planted, browser.Cookies[IdentitySessions.CookieName]);
    }

    private static void AssertNoMarkup(Reply page)
    {
        Assert.DoesNotContain("<script", page.Content, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page.Content, StringComparison.OrdinalIgnoreCase);
        // What was put in is all inside of quoted values: without them and the tags of the page nothing of it is left.
        var outside = System.Text.RegularExpressions.Regex.Replace(page.Content, "\"[^\"]*\"", "");
        Assert.DoesNotContain("alert(1)", WebUtility.HtmlDecode(outside), StringComparison.Ordinal);
    }
}
