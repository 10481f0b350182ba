using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Security;

/// <summary>What the store assigns to an API key, a service account or a user is theirs, and nobody's of another kind who is called the same.</summary>
public sealed class AssignedRoleTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config: { tenancy: { required: none } }
        paths:
          /by-key: { get: { operationId: byKey, security: [{ key: [] }], x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
          /by-account: { get: { operationId: byAccount, security: [{ account: [] }], x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
          /by-both: { get: { operationId: byBoth, security: [{ key: [], user: [] }], x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
          /by-user: { get: { operationId: byUser, security: [{ user: [] }], x-gateway-authorize: "order:read", responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }
            account: { type: oauth2, flows: { clientCredentials: { tokenUrl: /oauth/token, scopes: {} } } }
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://shop"], jwks: { file: keys.json } } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly TokenForge _issuer = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    private AdminApi Api => new(_gateway);

    public async ValueTask InitializeAsync()
    {
        _directory.Write("keys.json", _issuer.KeySetJson);
        _upstream = await TestUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(_directory.Write("shop.yaml", Document), _upstream.Url);
        await Api.SendAsync("PUT", "/roles/keeper", 201, new { permissions = new[] { "order:*" } });
        await Api.SendAsync("PUT", "/roles/guest", 201, new { permissions = new[] { "product:*" } });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _issuer.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("/by-key", "api-key")]
    [InlineData("/by-account", "service-account")]
    [InlineData("/by-user", "user")]
    public async Task Caller_MayDoWhatItsAssignedRoleSays_AsLongAsItHasIt(string path, string kind)
    {
        (string id, string header) = await CallerAsync(path);
        Assert.Equal("403 The caller lacks order:read.", await AskAsync(path, header));

        await AssignAsync($"{kind}:{id}", "guest");
        Assert.Equal("403 The caller lacks order:read.", await AskAsync(path, header));
        string assignment = await AssignAsync($"{kind}:{id}", "keeper");
        Assert.Equal("200", await AskAsync(path, header));
        Assert.Contains("the caller has order:read by keeper", await ReasonAsync(path, header), StringComparison.Ordinal);

        Assert.Equal((0, $"{assignment} is gone"), await RunAsync("roles", "unassign", assignment));
        Assert.Equal("403 The caller lacks order:read.", await AskAsync(path, header));
        Assert.Contains($"Assigned in the store to {kind}:{id}, as of ", await ReasonAsync(path, header), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/by-key", "user", "service-account")]
    [InlineData("/by-account", "user", "api-key")]
    [InlineData("/by-user", "api-key", "service-account")]
    public async Task Role_OfSomebodyOfAnotherKind_WhoIsCalledTheSame_PermitsNothing(string path, params string[] kinds)
    {
        (string id, string header) = await CallerAsync(path);
        foreach (string kind in kinds)
            await AssignAsync($"{kind}:{id}", "keeper");
        Assert.Equal("403 The caller lacks order:read.", await AskAsync(path, header));
    }

    // Who takes the name of a key or an account with its issuer gains nothing by it.
    [Theory]
    [InlineData("/by-key", "api-key")]
    [InlineData("/by-account", "service-account")]
    public async Task User_WhoIsCalledAsAProgram_HasNothingOfIts(string path, string kind)
    {
        (string id, string program) = await CallerAsync(path);
        await AssignAsync($"{kind}:{id}", "keeper");
        Assert.Equal("200", await AskAsync(path, program));
        Assert.Equal("403 The caller lacks order:read.", await AskAsync("/by-user", $"Authorization: Bearer {_issuer.Sign($$"""{"sub":"{{id}}"}""")}"));
    }

    [Fact]
    public async Task RoleOfItsOwner_IsNotTheKeys()
    {
        JsonElement made = await Api.SendAsync("POST", "/keys", 201, new { name = "n", owner = "ann" });
        await AssignAsync("user:ann", "keeper");
        Assert.Equal("403 The caller lacks order:read.", await AskAsync("/by-key", $"X-API-Key: {made.GetProperty("value").GetString()}"));
        Assert.Equal("200", await AskAsync("/by-user", $"Authorization: Bearer {_issuer.Sign("""{"tenant_id":null}""")}"));
    }

    // Who speaks for a request of two credentials is the one that names a user; the other one's roles are not lent to him.
    [Fact]
    public async Task RoleOfAKey_BesideATokenWhoseUserSpeaks_PermitsNothing()
    {
        JsonElement key = await Api.SendAsync("POST", "/keys", 201, new { name = "n" });
        (_, string token) = await CallerAsync("/by-user");
        string[] both = [$"X-API-Key: {key.GetProperty("value").GetString()}", token];
        await AssignAsync($"api-key:{key.GetProperty("key").GetProperty("id").GetString()}", "keeper");
        Assert.Equal("403 The caller lacks order:read.", await AskAsync("/by-both", both));
        await AssignAsync("user:bob", "keeper");
        Assert.Equal("200", await AskAsync("/by-both", both));
    }

    [Fact]
    public async Task AssignedRole_OfAKey_OutlivesItsRotation()
    {
        JsonElement made = await Api.SendAsync("POST", "/keys", 201, new { name = "n" });
        string id = made.GetProperty("key").GetProperty("id").GetString()!;
        await AssignAsync($"api-key:{id}", "keeper");
        JsonElement rotated = await Api.SendAsync("POST", $"/keys/{id}/rotate", body: new { overlap = "0s" });
        Assert.Equal("200", await AskAsync("/by-key", $"X-API-Key: {rotated.GetProperty("value").GetString()}"));
    }

    /// <summary>A caller of an operation, without a tenant: its id, and the field that shows who it is.</summary>
    private async Task<(string Id, string Header)> CallerAsync(string path)
    {
        switch (path)
        {
            case "/by-key":
                JsonElement key = await Api.SendAsync("POST", "/keys", 201, new { name = "n", owner = "robot" });
                return (key.GetProperty("key").GetProperty("id").GetString()!, $"X-API-Key: {key.GetProperty("value").GetString()}");
            case "/by-account":
                JsonElement account = await Api.SendAsync("POST", "/service-accounts", 201, new { name = "n", scopes = Array.Empty<string>() });
                string clientId = account.GetProperty("clientId").GetString()!;
                return (clientId, $"Authorization: Bearer {await TokenAsync(clientId, account.GetProperty("clientSecret").GetString()!)}");
            default:
                return ("bob", $"Authorization: Bearer {_issuer.Sign("""{"sub":"bob","tenant_id":null}""")}");
        }
    }

    private async Task<string> TokenAsync(string clientId, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{secret}")));
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private async Task<string> AssignAsync(string subject, string role)
    {
        (int exitCode, string output) = await RunAsync("roles", "assign", role, "--to", subject, "--tenant", "*");
        Assert.True(exitCode == 0, output);
        return output.Split('(', ')')[1];
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(_gateway, arguments);
        return (exitCode, output.TrimEnd());
    }

    /// <summary>The status of the answer, and what is the matter.</summary>
    private async Task<string> AskAsync(string path, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode ? "200" : $"{(int)response.StatusCode} {(await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()}";
    }

    private async Task<string> ReasonAsync(string path, string header)
    {
        JsonElement report = await Api.SendAsync("POST", "/explain", body: new { method = "GET", url = path, headers = new[] { header } });
        return report.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("by").GetString() == "authorize").GetProperty("reason").GetString()!;
    }
}
