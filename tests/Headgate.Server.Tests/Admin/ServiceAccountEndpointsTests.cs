using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>Service accounts and signing keys through the admin API, with what it means for clients of the data plane.</summary>
public sealed class ServiceAccountEndpointsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;
    private AdminApi _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(_directory.Write("orders.yaml", ServiceApi.Document), _upstream.Url);
        _admin = new AdminApi(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Account_IsMadeUsedRotatedAndRevoked()
    {
        JsonElement made = await _admin.SendAsync("POST", "/service-accounts", 201, new { name = "billing", tenant = "acme", scopes = new[] { "service.read" } });
        string id = made.GetProperty("clientId").GetString()!;
        Assert.Equal(_gateway.Host.Addresses[0] + "/oauth/token", made.GetProperty("tokenEndpoint").GetString());
        Assert.Empty(made.GetProperty("notes").EnumerateArray());
        Assert.Equal(200, await CallAsync(id, made.GetProperty("clientSecret").GetString()!));

        JsonElement rotated = await _admin.SendAsync("POST", $"/service-accounts/{id}/rotate", 200, new { overlapSeconds = 0 });
        Assert.Equal(401, await CallAsync(id, made.GetProperty("clientSecret").GetString()!));
        Assert.Equal(200, await CallAsync(id, rotated.GetProperty("clientSecret").GetString()!));
        Assert.Equal(JsonValueKind.String, (await _admin.SendAsync("GET", $"/service-accounts/{id}")).GetProperty("lastUsed").ValueKind);

        string token = (await TokenAsync(id, rotated.GetProperty("clientSecret").GetString()!))!;
        Assert.Equal(200, await CallAsync(token));
        Assert.Equal("revoked", (await _admin.SendAsync("POST", $"/service-accounts/{id}/revoke")).GetProperty("state").GetString());
        Assert.Equal(401, await CallAsync(token));
        Assert.Equal(401, await CallAsync(id, rotated.GetProperty("clientSecret").GetString()!));
        await _admin.SendAsync("POST", $"/service-accounts/{id}/rotate", 409, new { overlapSeconds = 0 });
    }

    [Fact]
    public async Task Secret_IsShownOnce()
    {
        JsonElement made = await _admin.SendAsync("POST", "/service-accounts", 201, new { name = "billing" });
        JsonElement list = await _admin.SendAsync("GET", "/service-accounts");
        Assert.Equal("billing", list.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("hgs_", list.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hgs_", (await _admin.SendAsync("GET", $"/service-accounts/{made.GetProperty("clientId").GetString()}")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_ThatNoDocumentDeclares_IsTold_AndGrantedAllTheSame()
    {
        JsonElement made = await _admin.SendAsync("POST", "/service-accounts", 201, new { name = "billing", scopes = new[] { "service.read", "service.raed" } });
        Assert.Equal("No document declares service.raed.", Assert.Single(made.GetProperty("notes").EnumerateArray()).GetString());
        Assert.Equal(2, made.GetProperty("account").GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task List_ComesInPages()
    {
        for (int i = 0; i < 3; i++)
            await _admin.SendAsync("POST", "/service-accounts", 201, new { name = $"account {i}" });
        JsonElement first = await _admin.SendAsync("GET", "/service-accounts?limit=2");
        JsonElement second = await _admin.SendAsync("GET", $"/service-accounts?limit=2&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(["account 0", "account 1", "account 2"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Account_ThatCannotBe_IsRefusedWithTheReason()
    {
        await _admin.SendAsync("POST", "/service-accounts", 400, new { name = "", scope = "service.read" });
        await _admin.SendAsync("POST", "/service-accounts", 400, new { name = "x", tenant = "a b" });
        await _admin.SendAsync("POST", "/service-accounts", 422, new { name = "x", scopes = new[] { "a b" } });
        await _admin.SendAsync("POST", "/service-accounts", 422, new { name = "x", expires = "2020-01-01T00:00:00Z" });
        await _admin.SendAsync("POST", "/service-accounts/svc_nobody/rotate", 404, new { overlapSeconds = 0 });
        await _admin.SendAsync("POST", "/service-accounts/svc_nobody/revoke", 404);
        await _admin.SendAsync("GET", "/service-accounts/svc_nobody", 404);
        await _admin.SendAsync("GET", "/service-accounts/%ED%A0%80", 404);
        await _admin.SendAsync("DELETE", "/signing-keys/nothing", 404);
        Assert.Empty((await _admin.SendAsync("GET", "/service-accounts")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task SigningKeys_AreListedRotatedAndRemoved()
    {
        // The background makes the first within a second.
        JsonElement keys = default;
        await Until.TrueAsync(async () => (keys = await _admin.SendAsync("GET", "/signing-keys")).GetArrayLength() == 1, "there is a signing key");
        string first = keys[0].GetProperty("keyId").GetString()!;
        JsonElement rotated = await _admin.SendAsync("POST", "/signing-keys/rotate");
        Assert.Equal(["signing", "next"], rotated.EnumerateArray().Select(key => key.GetProperty("state").GetString()));
        JsonElement left = await _admin.SendAsync("DELETE", $"/signing-keys/{first}");
        Assert.Equal([rotated[1].GetProperty("keyId").GetString()], left.EnumerateArray().Select(key => key.GetProperty("keyId").GetString()));
        Assert.Equal("signing", left[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Status_AndRoutes_TellWhatIsHeadgatesOwn()
    {
        JsonElement status = await _admin.SendAsync("GET", "/status");
        Assert.Equal(1, status.GetProperty("documents").GetArrayLength());
        JsonElement own = Assert.Single(status.GetProperty("builtIns").EnumerateArray());
        Assert.Equal(("headgate-oauth", 3, "the security scheme 'service' of orders asks for it"), (own.GetProperty("name").GetString(), own.GetProperty("operations").GetInt32(), own.GetProperty("reason").GetString()));

        JsonElement[] routes = [.. (await _admin.SendAsync("GET", "/routes")).EnumerateArray()];
        Assert.Equal(["orders", "headgate-oauth", "headgate-oauth", "headgate-oauth"], routes.Select(route => route.GetProperty("api").GetString()));
        Assert.Equal(("POST", "/oauth/token", "public", "Headgate itself: issues a token for a client's id and secret"), (Text(routes[1], "method"), Text(routes[1], "path"), Text(routes[1], "security"), Text(routes[1], "backend")));
        Assert.DoesNotContain("headgate-oauth", (await _admin.SendAsync("GET", "/config")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_SaysWhoAnswers_AndWhyATokenIsRefused()
    {
        JsonElement issue = await _admin.SendAsync("POST", "/explain", body: new { method = "POST", url = "/oauth/token" });
        Assert.Equal(["route", "size-limits", "built-in"], issue.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("by").GetString()));
        Assert.Equal("would run", issue.GetProperty("steps")[2].GetProperty("decision").GetString());

        JsonElement made = await _admin.SendAsync("POST", "/service-accounts", 201, new { name = "billing", scopes = new[] { "service.write" } });
        string token = (await TokenAsync(made.GetProperty("clientId").GetString()!, made.GetProperty("clientSecret").GetString()!))!;
        JsonElement call = await _admin.SendAsync("POST", "/explain", body: new { method = "GET", url = "/orders", headers = new[] { $"Authorization: Bearer {token}" } });
        Assert.Equal(403, call.GetProperty("status").GetInt32());
        Assert.Equal(403, await CallAsync(token));
        Assert.DoesNotContain(token, call.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> CallAsync(string clientId, string secret) => await TokenAsync(clientId, secret) is { } token ? await CallAsync(token) : 401;

    private async Task<int> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private async Task<string?> TokenAsync(string clientId, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString() : null;
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
