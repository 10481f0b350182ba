using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.Storage;
using Headgate.Storage.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>API keys through the admin API; and instances that share a store share its keys.</summary>
public sealed class KeyEndpointsTests(SharedCluster cluster) : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Pets, version: "1" }
        paths:
          /pets: { get: { operationId: listPets, security: [{ key: [] }], responses: { "200": { description: ok } } } }
        components: { securitySchemes: { key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} } } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private TestUpstream _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await TestUpstream.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Key_IsToldWholeOnce_AndLetsInAtOnce_UntilItIsRevoked()
    {
        await using TestGateway gateway = await StartAsync();
        var admin = new AdminApi(gateway);
        Assert.Equal(401, await StatusAsync(gateway, "hgk_"));
        JsonElement made = await admin.SendAsync("POST", "/keys", 201, new { name = "till 7", owner = "till-7", tenant = "acme", scopes = new[] { "pets:read" }, expires = "90d" });
        string value = made.GetProperty("value").GetString()!;
        string id = made.GetProperty("key").GetProperty("id").GetString()!;
        Assert.Equal(200, await StatusAsync(gateway, value));

        Assert.StartsWith($"hgk_{id}_", value, StringComparison.Ordinal);
        foreach (string path in new[] { "/keys", $"/keys/{id}", "/status" })
            Assert.DoesNotContain(value[^20..], (await admin.SendAsync("GET", path)).GetRawText(), StringComparison.Ordinal);

        JsonElement revoked = await admin.SendAsync("POST", $"/keys/{id}/revoke");
        Assert.Equal("revoked", revoked.GetProperty("state").GetString());
        Assert.Equal(401, await StatusAsync(gateway, value));
        Assert.Equal(revoked.GetRawText(), (await admin.SendAsync("POST", $"/keys/{id}/revoke")).GetRawText());
        await admin.SendAsync("POST", $"/keys/{id}/rotate", 409, new { });
        Assert.Empty((await admin.SendAsync("GET", "/keys")).GetProperty("items").EnumerateArray());
        Assert.Single((await admin.SendAsync("GET", "/keys?all=true")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Rotation_WithoutAWord_OverlapsForADay()
    {
        await using TestGateway gateway = await StartAsync();
        var admin = new AdminApi(gateway);
        JsonElement made = await admin.SendAsync("POST", "/keys", 201, new { name = "n" });
        JsonElement rotated = await admin.SendAsync("POST", $"/keys/{made.GetProperty("key").GetProperty("id").GetString()}/rotate", body: new { });
        JsonElement key = rotated.GetProperty("key");

        Assert.Equal(TimeSpan.FromHours(24), key.GetProperty("previousUntil").GetDateTimeOffset() - key.GetProperty("rotatedAt").GetDateTimeOffset());
        Assert.Equal((200, 200), (await StatusAsync(gateway, made.GetProperty("value").GetString()!), await StatusAsync(gateway, rotated.GetProperty("value").GetString()!)));
    }

    [Theory]
    [InlineData("""{ "name": "" }""", 400)]
    [InlineData("""{ "name": "n", "scope": "a" }""", 400)]
    [InlineData("""{ "name": "n", "scopes": ["a b"] }""", 422)]
    [InlineData("""{ "name": "a\nb" }""", 422)]
    [InlineData("""{ "name": "n", "tenant": "a/b" }""", 422)]
    [InlineData("""{ "name": "n", "owner": "a\r\nb" }""", 422)]
    [InlineData("""{ "name": "n", "roles": [{ "role": "r", "scope": "everywhere", "permissions": [] }] }""", 422)]
    [InlineData("""{ "name": "n", "expires": "soon" }""", 422)]
    [InlineData("""{ "name": "n", "expires": "0s" }""", 422)]
    [InlineData("""{ "name": "n", "expires": "2001-01-01" }""", 422)]
    [InlineData("""{ "name": "n", "expires": "99999999d" }""", 422)]
    [InlineData("""{ "name": "n", "expires": "2999-01-01T00:00:00Z" }""", 422)]
    [InlineData("""{ "name": "n", "expires": "2099-01-31T12:00:00+02:00" }""", 201)]
    [InlineData("""{ "name": "n", "expires": "2099-01-31" }""", 201)]
    public async Task Key_ThatCannotBe_IsRefused(string body, int status)
    {
        await using TestGateway gateway = await StartAsync();
        await new AdminApi(gateway).SendAsync("POST", "/keys", status, body);
    }

    [Theory]
    [InlineData("GET", "/keys/000000000000")]
    [InlineData("GET", "/keys/%7F%C3%A9")]
    [InlineData("POST", "/keys/000000000000/revoke")]
    [InlineData("POST", "/keys/%7F/revoke")]
    [InlineData("POST", "/keys/hgk_000000000000/rotate")]
    public async Task Key_ThatIsNone_Is404(string method, string path)
    {
        await using TestGateway gateway = await StartAsync();
        await new AdminApi(gateway).SendAsync(method, path, 404, method == "POST" && path.EndsWith("rotate", StringComparison.Ordinal) ? new { } : null);
    }

    [Theory]
    [InlineData("1s", 200)]
    [InlineData("90d", 200)]
    [InlineData("91d", 422)]
    [InlineData("-1s", 422)]
    [InlineData("tomorrow", 422)]
    public async Task Overlap_HasABound(string overlap, int status)
    {
        await using TestGateway gateway = await StartAsync();
        var admin = new AdminApi(gateway);
        string id = (await admin.SendAsync("POST", "/keys", 201, new { name = "n" })).GetProperty("key").GetProperty("id").GetString()!;
        await admin.SendAsync("POST", $"/keys/{id}/rotate", status, new { overlap });
    }

    [Fact]
    public async Task List_ComesInPages_OfOneTenantOrOwner()
    {
        await using TestGateway gateway = await StartAsync();
        var admin = new AdminApi(gateway);
        for (int i = 0; i < 5; i++)
            await admin.SendAsync("POST", "/keys", 201, new { name = $"{i}", tenant = i == 2 ? "globex" : "acme", owner = $"u{i}" });
        var names = new List<string>();
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await admin.SendAsync("GET", $"/keys?tenant=acme&limit=3{next}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(key => key.GetProperty("name").GetString()!));
            next = page.GetProperty("next").GetString() is { } cursor ? $"&cursor={cursor}" : null;
        }

        Assert.Equal(["0", "1", "3", "4"], names.Order());
        Assert.Single((await admin.SendAsync("GET", "/keys?owner=u3")).GetProperty("items").EnumerateArray());
        Assert.Empty((await admin.SendAsync("GET", "/keys?owner=%00")).GetProperty("items").EnumerateArray());
        await admin.SendAsync("GET", "/keys?cursor=!", 400);
    }

    [Fact]
    public async Task Instances_ThatShareAStore_ShareItsKeys_AndTheirRevocation()
    {
        StoreLocation database = await cluster.NewDatabaseAsync();
        await using TestGateway one = await StartAsync($"store={database}");
        await using TestGateway other = await StartAsync($"store={database}");
        JsonElement made = await new AdminApi(one).SendAsync("POST", "/keys", 201, new { name = "n" });
        string value = made.GetProperty("value").GetString()!;
        Assert.Equal(200, await StatusAsync(one, value));
        await Until.TrueAsync(async () => await StatusAsync(other, value) == 200, "the other instance knows the key");

        await new AdminApi(other).SendAsync("POST", $"/keys/{made.GetProperty("key").GetProperty("id").GetString()}/revoke");
        Assert.Equal(401, await StatusAsync(other, value));
        await Until.TrueAsync(async () => await StatusAsync(one, value) == 401, "the first instance knows that it was revoked");
    }

    [Fact]
    public async Task Keys_OutliveARestart()
    {
        string store = _directory.PathOf("gate.db");
        string value;
        await using (TestGateway first = await StartAsync("store=" + store))
            value = (await new AdminApi(first).SendAsync("POST", "/keys", 201, new { name = "n" })).GetProperty("value").GetString()!;
        await using TestGateway second = await StartAsync("store=" + store);
        Assert.Equal(200, await StatusAsync(second, value));
    }

    private Task<TestGateway> StartAsync(params string[] settings) => TestGateway.StartAsync(_directory.Write("pets.yaml", Document), _upstream.Url, settings);

    private static async Task<int> StatusAsync(TestGateway gateway, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets") { Headers = { { "X-API-Key", key } } };
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
