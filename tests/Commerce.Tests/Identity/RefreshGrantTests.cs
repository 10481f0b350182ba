using System.Buffers.Text;
using System.Text.Json.Nodes;
using Commerce.Tests.Support;
using Commerce.Users;

namespace Commerce.Tests.Identity;

/// <summary>Refresh tokens of applications: each once, and a second use ends them all.</summary>
public class RefreshGrantTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;
    private readonly Application _cli = Application.CommandLine(fixture.Shop);

    [Fact]
    public async Task Refresh_EachTokenOnce_GivesNewTokensOfTheSameSignIn()
    {
        var first = await _cli.TokensAsync("alice");

        var second = (await _cli.RefreshAsync(first.Text("refresh_token"))).Expect(200);

        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(Application.Everything, second.Text("scope"));
        var (before, after) = (Claims(first.Text("id_token")), Claims(second.Text("id_token")));
        Assert.Equal(before["auth_time"]!.GetValue<long>(), after["auth_time"]!.GetValue<long>());
        Assert.Equal("user-alice", after["sub"]!.GetValue<string>());
        // OpenID Connect Core 1.0 §12.2: the nonce belongs to the sign-in.
        Assert.Null(after["nonce"]);
    }

    [Fact]
    public async Task Refresh_WithATokenOfBefore_EndsTheWholeFamily()
    {
        var first = (await _cli.TokensAsync("alice")).Text("refresh_token");
        var second = (await _cli.RefreshAsync(first)).Expect(200).Text("refresh_token");

        Refused(await _cli.RefreshAsync(first));

        Refused(await _cli.RefreshAsync(second));
        (await _cli.RefreshAsync((await _cli.TokensAsync("alice")).Text("refresh_token"))).Expect(200);
    }

    [Fact]
    public async Task Refresh_ManyTimesAtOnce_GivesTokensOnceAndEndsTheFamily()
    {
        var token = (await _cli.TokensAsync("alice")).Text("refresh_token");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _cli.RefreshAsync(token)));

        var winner = Assert.Single(replies, reply => reply.Status == 200);
        Refused(await _cli.RefreshAsync(winner.Text("refresh_token")));
    }

    [Fact]
    public async Task Refresh_ByAnotherApplication_IsRefusedAndUsesNothingUp()
    {
        var token = (await _cli.TokensAsync("alice")).Text("refresh_token");

        Refused(await Application.Storefront(_shop).RefreshAsync(token));
        (await _cli.RefreshAsync(token)).Expect(200);
    }

    [Fact]
    public async Task Refresh_WithAnotherScope_MayNarrowAndNeverWiden()
    {
        var token = (await _cli.TokensAsync("acme-admin", ("scope", "openid offline_access orders:read"))).Text("refresh_token");

        Assert.Equal("invalid_scope", (await _cli.RefreshAsync(token, ("scope", "orders:read products:write"))).Expect(400).Text("error"));
        var narrow = (await _cli.RefreshAsync(token, ("scope", "orders:read"))).Expect(200);
        Assert.Equal("orders:read", narrow.Text("scope"));
        Assert.Null(narrow.Body!["id_token"]);
        // RFC 6749 §6: the new refresh token has the scope of the old one.
        Assert.Equal("openid offline_access orders:read", (await _cli.RefreshAsync(narrow.Text("refresh_token"))).Expect(200).Text("scope"));
    }

    [Fact]
    public async Task RefreshTokens_OfCookiesAndOfApplications_AreNotInterchangeable()
    {
        var users = _shop.Anonymous("user-service");
        var granted = (await _cli.TokensAsync("alice", ("scope", "openid offline_access"))).Text("refresh_token");
        var login = await users.PostAsync("/auth/login", new { username = "alice", password = "alice-password" });
        var cookie = login.Header("Set-Cookie").Split(';')[0].Split('=')[1];

        // Else an application that was granted little would get all that the user may do.
        (await users.PostAsync("/auth/refresh", null, ("Cookie", $"refreshToken={granted}"))).Expect(401);
        Refused(await _cli.RefreshAsync(cookie));
        (await _cli.RefreshAsync(granted)).Expect(200);
        (await users.PostAsync("/auth/refresh", null, ("Cookie", $"refreshToken={cookie}"))).Expect(200);
    }

    [Fact]
    public async Task Refresh_AfterAMonth_IsRefusedAndARestartEndsNothing()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var token = (await Application.CommandLine(shop).TokensAsync("alice")).Text("refresh_token");

        await shop.RestartAsync();
        token = (await Application.CommandLine(shop).RefreshAsync(token)).Expect(200).Text("refresh_token");
        clock.Advance(RefreshTokens.RememberedLifetime);
        // A sign-in clears what has expired away.
        await Application.CommandLine(shop).TokensAsync("bob");

        Refused(await Application.CommandLine(shop).RefreshAsync(token));
    }

    [Fact]
    public async Task Revoke_ARefreshToken_EndsItsFamilyForItsApplicationAlone()
    {
        var first = (await _cli.TokensAsync("alice")).Text("refresh_token");
        var second = (await _cli.RefreshAsync(first)).Expect(200).Text("refresh_token");

        Assert.Equal("invalid_grant", (await Application.Storefront(_shop).RevokeAsync(second)).Expect(400).Text("error"));
        (await _cli.RevokeAsync(second)).Expect(200);

        Refused(await _cli.RefreshAsync(second));
        (await _cli.RevokeAsync(second)).Expect(200);
    }

    [Fact]
    public async Task Revoke_WhatIsNoRefreshToken_SaysSoOrDoesNothing()
    {
        (await _cli.RevokeAsync("made-up")).Expect(200);
        Assert.Equal("unsupported_token_type", (await _cli.RevokeAsync(await _shop.TokenAsync("alice"))).Expect(400).Text("error"));
        Assert.Equal("invalid_client", (await (_cli with { ClientId = "nobody" }).RevokeAsync("made-up")).Expect(401).Text("error"));
    }

    private static void Refused(Reply reply) => Assert.Equal("invalid_grant", reply.Expect(400).Text("error"));

    private static JsonNode Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
}
