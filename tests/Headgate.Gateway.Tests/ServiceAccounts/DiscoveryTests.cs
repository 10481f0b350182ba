using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.ServiceAccounts;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>What clients find without being told: the metadata of RFC 8414, and the keys.</summary>
public class DiscoveryTests
{
    [Fact]
    public async Task Metadata_LeadsToTokensAndKeys()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        string issuer = gateway.Gateway.Url.ToString().TrimEnd('/');
        using HttpResponseMessage response = await gateway.GetAsync("/.well-known/oauth-authorization-server");
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=300", response.Headers.CacheControl!.ToString());
        Assert.Equal(
            $$"""{"issuer":"{{issuer}}","token_endpoint":"{{issuer}}/oauth/token","jwks_uri":"{{issuer}}/.well-known/jwks.json","scopes_supported":["service.read","service.write","service.admin"],"response_types_supported":[],"grant_types_supported":["client_credentials"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"]}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Keys_ArePublished_WithoutTheirPrivateParts()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        using HttpResponseMessage response = await gateway.GetAsync("/.well-known/jwks.json");
        string json = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonElement key = JsonSerializer.Deserialize<JsonElement>(json).GetProperty("keys")[0];
        Assert.Equal("public, max-age=300", response.Headers.CacheControl!.ToString());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order());

        var reader = new KeySetReader(KeyUse.PublicOnly);
        Assert.Equal(key.GetProperty("kid").GetString(), Assert.Single(reader.Read(System.Text.Encoding.UTF8.GetBytes(json)).Keys).KeyId);
        Assert.Empty(reader.LeftOut);
    }

    [Fact]
    public async Task Head_OfTheKeys_HasTheLengthAndNoBody()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/.well-known/jwks.json");
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength!.Value, 100, 1000);
    }

    [Fact]
    public async Task Issuer_ThatIsGiven_IsWhatEverythingNames()
    {
        var options = new ServiceAccountOptions { Issuer = new Uri("https://api.example:443"), TokenLifetime = TimeSpan.FromMinutes(2) };
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(AccountsGateway.Document.Replace("tokenUrl: /oauth/token,", "tokenUrl: https://api.example/oauth/token,", StringComparison.Ordinal), options);
        JsonElement metadata = await gateway.Gateway.Client.GetFromJsonAsync<JsonElement>("/.well-known/oauth-authorization-server", TestContext.Current.CancellationToken);
        Assert.Equal(("https://api.example", "https://api.example/oauth/token"), (metadata.GetProperty("issuer").GetString(), metadata.GetProperty("token_endpoint").GetString()));

        string token = await gateway.TokenAsync(await gateway.CreateAsync());
        Assert.Equal("https://api.example", TokenEndpointTests.Read(token).Claims.GetProperty("iss").GetString());
        Assert.Equal(200, await gateway.StatusAsync("/read", token));
    }
}
