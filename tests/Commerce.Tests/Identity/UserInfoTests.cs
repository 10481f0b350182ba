using Commerce.Tests.Support;

namespace Commerce.Tests.Identity;

/// <summary>What an application hears of the user.</summary>
public class UserInfoTests(ShopFixture fixture)
{
    private const string Path = "/identity/userinfo";

    private readonly Shop _shop = fixture.Shop;
    private readonly Application _cli = Application.CommandLine(fixture.Shop);

    [Fact]
    public async Task UserInfo_ByScopes_TellsNoMoreThanWasGranted()
    {
        Assert.Equal("""{"sub":"user-alice"}""", (await AskAsync("openid")).Expect(200).Content);
        Assert.Equal("""{"sub":"user-alice","email":"alice@acme.example","email_verified":false}""", (await AskAsync("openid email")).Expect(200).Content);
        var profile = (await AskAsync("openid profile")).Expect(200);
        Assert.Equal(("Alice Archer", "Alice", "Archer", "alice"),
            (profile.Text("name"), profile.Text("given_name"), profile.Text("family_name"), profile.Text("preferred_username")));
        Assert.Null(profile.Body!["email"]);
        Assert.Equal("no-store", profile.Header("Cache-Control"));
    }

    [Fact]
    public async Task UserInfo_WithoutTheScope_SaysWhichIsMissing()
    {
        var replies = new[]
        {
            await AskAsync("profile email"),
            await _shop.Anonymous("user-service", ("Authorization", $"Bearer {await _shop.TokenAsync("alice")}")).GetAsync(Path),
            await _shop.Service("user-service", user: "user-alice").GetAsync(Path),
        };

        Assert.All(replies, reply => Assert.Equal(
            "Bearer realm=\"commerce\", error=\"insufficient_scope\", scope=\"openid\"", reply.Expect(403).Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task UserInfo_WithoutATokenOrWithABadOne_SaysSoInTheHeader()
    {
        var users = _shop.Anonymous("user-service");
        var token = (await _cli.TokensAsync("alice")).Text("id_token");

        Assert.Equal("Bearer realm=\"commerce\"", (await users.GetAsync(Path)).Expect(401).Header("WWW-Authenticate"));
        Assert.Equal("Bearer realm=\"commerce\", error=\"invalid_token\"",
            (await users.GetAsync(Path, ("Authorization", $"Bearer {token}"))).Expect(401).Header("WWW-Authenticate"));
    }

    private async Task<Reply> AskAsync(string scope)
    {
        var token = (await _cli.TokensAsync("alice", ("scope", scope))).Text("access_token");
        return await _cli.Api.GetAsync(Path, ("Authorization", $"Bearer {token}"));
    }
}
