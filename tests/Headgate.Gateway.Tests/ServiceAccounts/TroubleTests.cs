using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Storage;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Token requests when the store is gone, and bodies that come slowly, or never end.</summary>
public class TroubleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Who is known stays known; who is not gets no token and is told when to come again.
    [Fact]
    public async Task StoreThatIsGone_StopsNewTokens_NotThoseThatAreThere()
    {
        Assert.SkipWhen(PostgreSqlCluster.Programs is null, PostgreSqlCluster.Missing);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        Assert.True(StoreLocation.TryParse(await cluster.CreateDatabaseAsync(), out StoreLocation? location, out string reason), reason);
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(location: location);
        IssuedSecret secret = await gateway.CreateAsync();
        string token = await gateway.TokenAsync(secret);
        Assert.Equal(200, await gateway.StatusAsync("/read", token));
        await cluster.PauseAsync();

        using HttpResponseMessage refused = await gateway.AskAsync(secret);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        string body = await refused.Content.ReadAsStringAsync(Stop);
        Assert.Equal("temporarily_unavailable", JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
        Assert.DoesNotContain(cluster.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), body, StringComparison.Ordinal);
        Assert.Equal(200, await gateway.StatusAsync("/read", token));
        Assert.Equal(200, await gateway.StatusAsync("/.well-known/jwks.json"));

        await cluster.ResumeAsync();
        Assert.Equal(200, await gateway.StatusAsync("/read", await gateway.TokenAsync(secret)));
    }

    [Fact]
    public async Task StoreThatWasNeverThere_IsToldAsSuch()
    {
        Assert.SkipWhen(PostgreSqlCluster.Programs is null, PostgreSqlCluster.Missing);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        Assert.True(StoreLocation.TryParse(await cluster.CreateDatabaseAsync(), out StoreLocation? location, out string reason), reason);
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(location: location);
        await cluster.PauseAsync();
        Assert.Equal(503, await gateway.StatusAsync("/.well-known/jwks.json"));
        using HttpResponseMessage call = await gateway.GetAsync("/read", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
        Assert.Equal("urn:headgate:error:authentication-unavailable", (await call.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString());
        await cluster.ResumeAsync();
    }

    [Fact]
    public async Task Body_ThatStops_Is408_AndHoldsNobodyElseUp()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(time: TimeProvider.System);
        IssuedSecret secret = await gateway.CreateAsync();
        using RawConnection slow = await RawConnection.ConnectAsync(gateway.Gateway.Url);
        await slow.SendAsync("POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ngrant_type=");
        await gateway.TokenAsync(secret);

        string head = await slow.ReadHeadAsync() ?? "";
        Assert.StartsWith("HTTP/1.1 408", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WithoutAnEnd_Is413_AtItsBound()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Url);
        await client.SendAsync("POST /oauth/token HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = Encoding.ASCII.GetBytes($"400\r\n{new string('a', 1024)}\r\n");
        for (int i = 0; i < 17; i++)
            await client.SendAsync(chunk);

        string head = await client.ReadHeadAsync() ?? "";
        Assert.StartsWith("HTTP/1.1 413", head, StringComparison.Ordinal);
    }
}
