using Microsoft.AspNetCore.WebUtilities;

namespace Commerce.Tests.Support;

/// <summary>An application that signs users in: one of those of development, or both at once where tests mix them up.</summary>
internal sealed record Application(Api Api, string ClientId, string RedirectUri, string? Secret = null)
{
    // RFC 7636 Appendix B.
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    public const string Everything = "openid profile email offline_access orders:read orders:write";

    /// <summary>The command line client: public, on a port of its own.</summary>
    public static Application CommandLine(Shop shop) => new(shop.Anonymous("user-service"), "shop-cli", "http://127.0.0.1:50123/callback");

    /// <summary>The storefront: confidential.</summary>
    public static Application Storefront(Shop shop) => new(
        shop.Anonymous("user-service"), "storefront", "http://127.0.0.1:3000/callback", shop.Secret("STOREFRONT_CLIENT_SECRET"));

    /// <summary>Where the application sends its user; <paramref name="changes"/> replace parameters, and null leaves one out.</summary>
    public string AuthorizePath(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = ClientId,
            ["redirect_uri"] = RedirectUri,
            ["response_type"] = "code",
            ["scope"] = Everything,
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["state"] = "the state",
            ["nonce"] = "the-nonce",
        };
        foreach (var (name, value) in changes)
            parameters[name] = value;
        return QueryHelpers.AddQueryString("/identity/authorize", parameters.Where(parameter => parameter.Value is not null));
    }

    /// <summary>Signs a user in, and gives the code that came back.</summary>
    public async Task<string> CodeAsync(string username, params (string Name, string? Value)[] changes) =>
        Back(await new Browser(Api).SignInAsync(AuthorizePath(changes), username))["code"];

    /// <summary>What came back to the redirect URI.</summary>
    public Dictionary<string, string> Back(Reply reply)
    {
        var location = reply.Expect(303).Header("Location");
        Assert.StartsWith($"{RedirectUri}?", location, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(pair => pair.Key, pair => pair.Value.Single()!);
    }

    public Task<Reply> RedeemAsync(string code, params (string Name, string? Value)[] changes) => TokenAsync(
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier), .. changes]);

    public Task<Reply> RefreshAsync(string refreshToken, params (string Name, string? Value)[] changes) =>
        TokenAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. changes]);

    /// <summary>All tokens of a user.</summary>
    public async Task<Reply> TokensAsync(string username, params (string Name, string? Value)[] changes) =>
        (await RedeemAsync(await CodeAsync(username, changes))).Expect(200);

    public Task<Reply> TokenAsync(params (string Name, string? Value)[] fields) => SendAsync("/identity/token", fields);

    public Task<Reply> RevokeAsync(string token) => SendAsync("/identity/revoke", ("token", token));

    private Task<Reply> SendAsync(string path, params (string Name, string? Value)[] fields)
    {
        var form = new Dictionary<string, string?> { ["client_id"] = ClientId, ["client_secret"] = Secret };
        foreach (var (name, value) in fields)
            form[name] = value;
        return Api.PostAsync(path, new FormUrlEncodedContent(form.Where(field => field.Value is not null)!));
    }
}
