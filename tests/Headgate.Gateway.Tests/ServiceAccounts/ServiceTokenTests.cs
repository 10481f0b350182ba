using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Tokens of service accounts at the operations that ask for them: who is let in, who is not, and what whoever attacks gets.</summary>
public sealed class ServiceTokenTests : IAsyncLifetime
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
    public async Task Token_LetsIn_AndTheUpstreamSeesWhoCalls()
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/read", await _gateway.TokenAsync(_secret));
        JsonElement headers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers");
        Assert.Equal((_secret.Account.ClientId, "acme"), (headers.GetProperty("X-User-ID").GetString(), headers.GetProperty("X-Tenant-ID").GetString()));
    }

    [Fact]
    public async Task Scopes_OfTheScheme_AreAskedFor_AsOfAnyToken()
    {
        Assert.Equal(401, await _gateway.StatusAsync("/read"));
        Assert.Equal(200, await _gateway.StatusAsync("/mine", await _gateway.TokenAsync(_secret, "service.write")));
        using HttpResponseMessage missing = await _gateway.GetAsync("/read", await _gateway.TokenAsync(_secret, "service.write"));
        Assert.Equal(403, (int)missing.StatusCode);
        Assert.Equal("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"service.read\"", missing.Headers.WwwAuthenticate.ToString());
        Assert.Equal(403, await _gateway.StatusAsync("/admin", await _gateway.TokenAsync(_secret)));

        IssuedSecret admin = await _gateway.CreateAsync(["service.read", "service.admin"]);
        Assert.Equal(200, await _gateway.StatusAsync("/admin", await _gateway.TokenAsync(admin)));
    }

    // The scheme beside it has x-gateway-jwt: its tokens are another issuer's, as before.
    [Fact]
    public async Task Token_AtASchemeOfAnotherIssuer_IsOfNoUse() => Assert.Equal(503, await _gateway.StatusAsync("/elsewhere", await _gateway.TokenAsync(_secret)));

    [Fact]
    public async Task Tenant_OfTheAccount_CannotBeLeft()
    {
        string token = await _gateway.TokenAsync(_secret);
        Assert.Equal(200, await _gateway.StatusAsync("/mine", token, tenant: "acme"));
        Assert.Equal(403, await _gateway.StatusAsync("/mine", token, tenant: "other"));

        // A document that finds the tenant under another name believes no header either, not even for a token from before it was loaded.
        _gateway.Gateway.Reload(AccountsGateway.Document.Replace("claim: org", "claim: house", StringComparison.Ordinal));
        Assert.Equal(403, await _gateway.StatusAsync("/mine", token, tenant: "other"));
        Assert.Equal(200, await _gateway.StatusAsync("/mine", token));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("scope")]
    [InlineData("iss")]
    public async Task Tenant_UnderANameThatIsTaken_ChangesNoOtherClaim(string claim)
    {
        _gateway.Gateway.Reload(AccountsGateway.Document.Replace("claim: org", $"claim: {claim}", StringComparison.Ordinal));
        string token = await _gateway.TokenAsync(_secret);
        Assert.NotEqual("acme", TokenEndpointTests.Read(token).Claims.GetProperty(claim).GetString());
        using HttpResponseMessage response = await _gateway.GetAsync("/read", token);
        Assert.Equal("acme", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers").GetProperty("X-Tenant-ID").GetString());
    }

    [Fact]
    public async Task Token_EndsWithItsLifetime()
    {
        string token = await _gateway.TokenAsync(_secret);
        _gateway.Time.Advance(TimeSpan.FromSeconds(329));
        Assert.Equal(200, await _gateway.StatusAsync("/mine", token));
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await _gateway.StatusAsync("/mine", token));
    }

    // Here at once; at other instances see InstancesTests.
    [Fact]
    public async Task Token_OfAnAccountThatWasRevoked_HoldsNoLonger()
    {
        string token = await _gateway.TokenAsync(_secret);
        Assert.Equal(200, await _gateway.StatusAsync("/mine", token));
        await _gateway.Accounts.RevokeAsync(_secret.Account.ClientId, TestContext.Current.CancellationToken);

        using HttpResponseMessage response = await _gateway.GetAsync("/mine", token);
        Assert.Equal(401, (int)response.StatusCode);
        Assert.Contains("The service account is revoked.", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfAnotherIssuer_UnderTheSameKeyId_IsRefused()
    {
        string own = await _gateway.TokenAsync(_secret);
        (JsonElement header, JsonElement claims) = TokenEndpointTests.Read(own);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(200, await _gateway.StatusAsync("/mine", own));
        Assert.Equal(401, await _gateway.StatusAsync("/mine", Sign(key, header.ToString(), claims.ToString())));
        Assert.Equal(401, await _gateway.StatusAsync("/mine", Sign(key, header.ToString().Replace("kid", "x", StringComparison.Ordinal), claims.ToString())));
    }

    [Fact]
    public async Task Algorithm_OfTheToken_CannotBeChosen()
    {
        (JsonElement header, JsonElement claims) = TokenEndpointTests.Read(await _gateway.TokenAsync(_secret));
        using HttpResponseMessage keys = await _gateway.GetAsync("/.well-known/jwks.json");
        JsonElement published = (await keys.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("keys")[0];
        foreach (string algorithm in new[] { "none", "HS256", "ES384", "RS256", "es256" })
        {
            string changed = header.ToString().Replace("ES256", algorithm, StringComparison.Ordinal);
            string signed = $"{Encode(changed)}.{Encode(claims.ToString())}";
            byte[] publicKey = Encoding.UTF8.GetBytes(published.ToString());
            Assert.Equal(401, await _gateway.StatusAsync("/mine", $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(signed)))}"));
            Assert.Equal(401, await _gateway.StatusAsync("/mine", $"{signed}."));
        }
    }

    [Fact]
    public async Task Claims_ThatWereChanged_AreNotBelieved()
    {
        string token = await _gateway.TokenAsync(_secret, "service.write");
        string[] parts = token.Split('.');
        var claims = (JsonObject)JsonNode.Parse(TokenEndpointTests.Read(token).Claims.ToString())!;
        claims["scope"] = "service.read service.admin";
        Assert.Equal(401, await _gateway.StatusAsync("/admin", $"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}"));
    }

    [Fact]
    public async Task Token_InTheUrl_IsNoCredential() => Assert.Equal(401, await _gateway.StatusAsync($"/mine?access_token={await _gateway.TokenAsync(_secret)}"));

    [Fact]
    public async Task KnownToken_CostsNoAllocation()
    {
        OperationPlan operation = _gateway.Gateway.Plan.Apis.SelectMany(api => api.Operations).Single(operation => operation.Id == "read");
        GatewayContext context = TestRequest.Ended(operation, path: "/read", time: _gateway.Time);
        context.Request.Headers.Authorization = $"Bearer {await _gateway.TokenAsync(_secret)}";
        GatewayPolicy authentication = operation.RequestPolicies.Single(policy => policy.Name == "authentication");
        await _gateway.Accounts.RevokeAsync((await _gateway.CreateAsync()).Account.ClientId, TestContext.Current.CancellationToken);
        Assert.Equal(PolicyVerdict.Continue, await authentication.OnRequestAsync(context));

        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                Pass(authentication, context);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void Pass(GatewayPolicy policy, GatewayContext context)
    {
        ValueTask<PolicyVerdict> verdict = policy.OnRequestAsync(context);
        if (!verdict.IsCompletedSuccessfully || verdict.Result != PolicyVerdict.Continue)
            throw new InvalidOperationException("The request was to pass at once.");
    }

    private static string Sign(ECDsa key, string header, string claims)
    {
        string signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
