using System.Text.Json;
using Headgate.Gateway.ServiceAccounts;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Clients that others made: npm's openid-client finds the token endpoint by discovery and gets a token, npm's jose verifies it with the published keys.</summary>
public class RealClientTests
{
    [Fact]
    public async Task OpenIdClient_GetsATokenByDiscovery_ThatJoseVerifies()
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(time: TimeProvider.System);
        IssuedSecret secret = await gateway.CreateAsync(tenant: "acme");
        string issuer = gateway.Gateway.Url.ToString().TrimEnd('/');
        await using NodeScript client = NodeScript.Start("client.mjs", issuer, secret.Account.ClientId, secret.Secret);
        JsonElement got = JsonSerializer.Deserialize<JsonElement>(await client.ReadLineAsync(TestContext.Current.CancellationToken));

        foreach (string method in new[] { "basic", "post" })
        {
            JsonElement tokens = got.GetProperty(method).GetProperty("tokens");
            JsonElement payload = got.GetProperty(method).GetProperty("payload");
            Assert.Equal(("bearer", "service.read", 300), (tokens.GetProperty("token_type").GetString(), tokens.GetProperty("scope").GetString(), tokens.GetProperty("expires_in").GetInt32()));
            Assert.Equal((secret.Account.ClientId, "acme"), (payload.GetProperty("client_id").GetString(), payload.GetProperty("org").GetString()));
            Assert.Equal(200, await gateway.StatusAsync("/read", tokens.GetProperty("access_token").GetString()));
        }

        // What it makes of a wrong secret is the challenge (RFC 6749 §5.2).
        Assert.Equal((401, "basic"), (got.GetProperty("refused").GetProperty("status").GetInt32(), got.GetProperty("refused").GetProperty("scheme").GetString()));
    }
}
