using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.ServiceAccounts;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary><c>POST /oauth/token</c> as RFC 6749 has it: who gets a token, what it says, and in which words the others are refused.</summary>
public sealed class TokenEndpointTests : IAsyncLifetime
{
    private AccountsGateway _gateway = null!;
    private IssuedSecret _secret = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await AccountsGateway.StartAsync();
        _secret = await _gateway.CreateAsync(tenant: "acme");
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Token_IsShortLived_AndSaysWhatRfc9068Asks()
    {
        using HttpResponseMessage response = await _gateway.AskAsync(_secret);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", response.Headers.Pragma.ToString());
        Assert.Equal(["access_token", "expires_in", "scope", "token_type"], answer.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("Bearer", 300, "service.read service.write"), (answer.GetProperty("token_type").GetString(), answer.GetProperty("expires_in").GetInt32(), answer.GetProperty("scope").GetString()));

        (JsonElement header, JsonElement claims) = Read(answer.GetProperty("access_token").GetString()!);
        Assert.Equal(("at+jwt", "ES256"), (header.GetProperty("typ").GetString(), header.GetProperty("alg").GetString()));
        string issuer = _gateway.Gateway.Url.ToString().TrimEnd('/');
        long now = _gateway.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal((issuer, issuer), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal((_secret.Account.ClientId, _secret.Account.ClientId), (claims.GetProperty("sub").GetString(), claims.GetProperty("client_id").GetString()));
        Assert.Equal((now, now + 300), (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64()));
        Assert.Equal(("service.read service.write", "acme", "acme"), (claims.GetProperty("scope").GetString(), claims.GetProperty("org").GetString(), claims.GetProperty("tenant_id").GetString()));
        Assert.NotEqual(claims.GetProperty("jti").GetString(), Read(await _gateway.TokenAsync(_secret)).Claims.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task Token_OfAnAccountThatExpires_DoesNotOutliveIt()
    {
        IssuedSecret secret = await _gateway.CreateAsync(expiresIn: TimeSpan.FromSeconds(40));
        using HttpResponseMessage response = await _gateway.AskAsync(secret);
        Assert.Equal(40, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("expires_in").GetInt32());

        _gateway.Time.Advance(TimeSpan.FromSeconds(40));
        await RefusedAsync(_gateway.AskAsync(secret), HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory]
    [InlineData("service.read", "service.read")]
    [InlineData("service.write service.read", "service.write service.read")]
    [InlineData("service.read service.read", "service.read")]
    [InlineData("", "service.read service.write")]
    public async Task Scope_ThatTheClientMayHave_IsGranted(string asked, string granted)
    {
        using HttpResponseMessage response = await _gateway.AskAsync(_secret, asked);
        Assert.Equal(granted, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("service.admin")]
    [InlineData("service.read service.admin")]
    [InlineData("service.read  service.write")]
    [InlineData("service.rea\"d")]
    [InlineData("service.*")]
    [InlineData("SERVICE.READ")]
    public Task Scope_ThatTheClientMayNotHave_IsRefused(string asked) => RefusedAsync(_gateway.AskAsync(_secret, asked), HttpStatusCode.BadRequest, "invalid_scope");

    [Fact]
    public async Task Client_MayStandInTheBody_OrInAuthorization_FormEncoded()
    {
        string form = $"grant_type=client_credentials&client_id={_secret.Account.ClientId}&client_secret={_secret.Secret}";
        using HttpResponseMessage posted = await _gateway.PostAsync(form);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        // RFC 6749 §2.3.1: percent-encoded, whether or not it has to be; and the id may be said twice (§3.2.1).
        string encoded = AccountsGateway.Basic(Encode(_secret.Account.ClientId), Encode(_secret.Secret));
        using HttpResponseMessage basic = await _gateway.PostAsync($"grant_type=client_credentials&client_id={_secret.Account.ClientId}", encoded.Replace("Basic", "bAsIc", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, basic.StatusCode);

        using HttpResponseMessage charset = await _gateway.PostAsync(form, type: "Application/X-WWW-Form-Urlencoded; charset=utf-8");
        Assert.Equal(HttpStatusCode.OK, charset.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("grant_type=")]
    [InlineData("scope=service.read")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials")]
    [InlineData("grant_type=client_credentials&scope=&scope=")]
    [InlineData("grant_type=client_credentials&x=1&x=2")]
    [InlineData("grant_type=client_credentials&client_secret=ID")]
    [InlineData("grant_type=client_credentials&client_id=svc_other")]
    public Task Request_ThatIsMalformed_IsAnInvalidRequest(string body) =>
        RefusedAsync(_gateway.PostAsync(body, AccountsGateway.Basic(_secret.Account.ClientId, _secret.Secret)), HttpStatusCode.BadRequest, "invalid_request");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded2")]
    [InlineData("text/plain")]
    [InlineData("")]
    public Task Body_OfAnotherType_IsAnInvalidRequest(string type) =>
        RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", AccountsGateway.Basic(_secret.Account.ClientId, _secret.Secret), type), HttpStatusCode.BadRequest, "invalid_request");

    [Fact]
    public async Task Body_WithTooManyParameters_OrTooLarge_IsRefused()
    {
        string many = string.Concat(Enumerable.Range(0, 40).Select(i => $"&p{i}=1"));
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials" + many, AccountsGateway.Basic(_secret.Account.ClientId, _secret.Secret)), HttpStatusCode.BadRequest, "invalid_request");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials&x=" + new string('x', 16 * 1024)), HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    [Theory]
    [InlineData("grant_type=password&username=a&password=b")]
    [InlineData("grant_type=authorization_code&code=x")]
    [InlineData("grant_type=Client_Credentials")]
    public Task Grant_OfAnotherType_IsUnsupported(string body) =>
        RefusedAsync(_gateway.PostAsync(body, AccountsGateway.Basic(_secret.Account.ClientId, _secret.Secret)), HttpStatusCode.BadRequest, "unsupported_grant_type");

    // All are refused alike: what there is, and how near it was, is nobody's business.
    [Fact]
    public async Task Client_ThatIsNotWhoItSays_IsRefusedAlike()
    {
        IssuedSecret other = await _gateway.CreateAsync();
        IssuedSecret revoked = await _gateway.CreateAsync();
        await _gateway.Accounts.RevokeAsync(revoked.Account.ClientId, TestContext.Current.CancellationToken);
        string id = _secret.Account.ClientId;
        string[] authorizations =
        [
            AccountsGateway.Basic(id, "wrong"), AccountsGateway.Basic(id, other.Secret), AccountsGateway.Basic(id, _secret.Secret + "x"), AccountsGateway.Basic(id, _secret.Secret[..^1]),
            AccountsGateway.Basic(id, ""), AccountsGateway.Basic("svc_nobody", _secret.Secret), AccountsGateway.Basic("' OR 1=1 --", "x"), AccountsGateway.Basic("a\0b", "x"),
        ];
        var bodies = new HashSet<string>();
        foreach (string authorization in authorizations)
            bodies.Add(await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", authorization), HttpStatusCode.Unauthorized, "invalid_client"));
        Assert.Single(bodies);

        await RefusedAsync(_gateway.AskAsync(revoked), HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials"), HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(_gateway.PostAsync($"grant_type=client_credentials&client_id={id}"), HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", "Basic !!!"), HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", "Basic " + Convert.ToBase64String("nocolon"u8)), HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", $"Bearer {await _gateway.TokenAsync(_secret)}"), HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task Secret_InTheUrl_IsRefused_EvenWhenItIsRight()
    {
        string query = $"?grant_type=client_credentials&client_id={_secret.Account.ClientId}&client_secret={_secret.Secret}";
        await RefusedAsync(_gateway.PostAsync("", query: query), HttpStatusCode.BadRequest, "invalid_request");
        await RefusedAsync(_gateway.PostAsync("grant_type=client_credentials", AccountsGateway.Basic(_secret.Account.ClientId, _secret.Secret), query: query), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Get_IsNotAllowed()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/oauth/token?grant_type=client_credentials");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal("OPTIONS, POST", string.Join(", ", response.Content.Headers.Allow.Order()));
        Assert.Equal("invalid_request", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Rotation_LetsBothSecretsIn_UntilItsOverlapEnds()
    {
        string id = _secret.Account.ClientId;
        IssuedSecret? second = await _gateway.Accounts.RotateAsync(id, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        await _gateway.TokenAsync(_secret);
        await _gateway.TokenAsync(second!);

        // Of three secrets two hold: the one from before ends at once.
        IssuedSecret? third = await _gateway.Accounts.RotateAsync(id, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        await RefusedAsync(_gateway.AskAsync(_secret), HttpStatusCode.Unauthorized, "invalid_client");
        await _gateway.TokenAsync(second!);
        await _gateway.TokenAsync(third!);

        _gateway.Time.Advance(TimeSpan.FromHours(1));
        await RefusedAsync(_gateway.AskAsync(second!), HttpStatusCode.Unauthorized, "invalid_client");
        await _gateway.TokenAsync(third!);

        IssuedSecret? fourth = await _gateway.Accounts.RotateAsync(id, TimeSpan.Zero, TestContext.Current.CancellationToken);
        await RefusedAsync(_gateway.AskAsync(third!), HttpStatusCode.Unauthorized, "invalid_client");
        await _gateway.TokenAsync(fourth!);
    }

    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => $"%{value:X2}"));

    internal static (JsonElement Header, JsonElement Claims) Read(string token)
    {
        string[] parts = token.Split('.');
        return (JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0])), JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])));
    }

    private static async Task<string> RefusedAsync(Task<HttpResponseMessage> sending, HttpStatusCode status, string error)
    {
        using HttpResponseMessage response = await sending;
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((status, error), (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("error").GetString()));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal(status == HttpStatusCode.Unauthorized ? "Basic realm=\"headgate\", charset=\"UTF-8\"" : "", response.Headers.WwwAuthenticate.ToString());
        return body;
    }
}
