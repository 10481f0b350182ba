using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Explaining;

/// <summary>What <c>explain</c> says of API keys is what happens to a real request; and no secret is in it.</summary>
public sealed class ApiKeyVerdictTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Fixtures, version: "1" }
        x-gateway-config: { tenancy: { acceptHeader: [X-Tenant-ID], required: none } }
        security: [{ key: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /public: { get: { operationId: public, security: [], responses: { "200": { description: ok } } } }
          /scoped: { get: { operationId: scoped, security: [{ key: [read] }], responses: { "200": { description: ok } } } }
          /permitted: { get: { operationId: permitted, x-gateway-authorize: "a:read", responses: { "200": { description: ok } } } }
          /query: { get: { operationId: query, security: [{ inQuery: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }
            inQuery: { type: apiKey, in: query, name: partner, x-gateway-api-key: {} }
        """;

    private readonly TemporaryDirectory _directory = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        _gateway = await TestGateway.StartAsync(_directory.Write("fixtures.yaml", Document), _upstream.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("/mine", "none", 401)]
    [InlineData("/mine", "plain", 200)]
    [InlineData("/mine", "revoked", 401)]
    [InlineData("/mine", "replaced", 401)]
    [InlineData("/mine", "rotated", 200)]
    [InlineData("/mine", "mistyped", 401)]
    [InlineData("/mine", "tenant", 200, "X-Tenant-ID: acme")]
    [InlineData("/mine", "tenant", 403, "X-Tenant-ID: globex")]
    [InlineData("/public", "none", 200)]
    [InlineData("/public", "mistyped", 200)]
    [InlineData("/scoped", "plain", 403)]
    [InlineData("/scoped", "scope", 200)]
    [InlineData("/permitted", "plain", 403)]
    [InlineData("/permitted", "role", 200)]
    [InlineData("/query?partner=KEY&a=1", "plain", 200)]
    [InlineData("/query?partner=KEY&partner=KEY", "plain", 401)]
    [InlineData("/query?api_key=KEY", "plain", 401)]
    public async Task Verdict_OfAnExplanation_IsTheRealAnswersStatus(string target, string kind, int expected, params string[] headers)
    {
        string? key = await KeyAsync(kind);
        string url = target.Replace("KEY", key, StringComparison.Ordinal);
        string[] all = key is null ? headers : [$"X-API-Key: {key}", .. headers];
        JsonElement report = await new AdminApi(_gateway).SendAsync("POST", "/explain", body: new { method = "GET", url, headers = all });
        int explained = report.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 200;

        Assert.Equal((expected, expected), (explained, await SendAsync(url, all)));
        if (key is not null)
            Assert.DoesNotContain(key[^20..], report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_NamesTheKey_AndDoesNotCountAsItsUse()
    {
        var admin = new AdminApi(_gateway);
        JsonElement made = await admin.SendAsync("POST", "/keys", 201, new { name = "n", owner = "robot", tenant = "acme" });
        string id = made.GetProperty("key").GetProperty("id").GetString()!;
        string[] headers = [$"X-API-Key: {made.GetProperty("value").GetString()}"];
        JsonElement report = await admin.SendAsync("POST", "/explain", body: new { method = "GET", url = "/mine", headers });

        JsonElement step = report.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("by").GetString() == "authentication");
        Assert.Equal($"key: API key {id}, user robot, tenant acme, scopes none", step.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, (await admin.SendAsync("GET", $"/keys/{id}")).GetProperty("lastUsedAt").ValueKind);
        await SendAsync("/mine", headers);
        Assert.Equal(JsonValueKind.String, (await admin.SendAsync("GET", $"/keys/{id}")).GetProperty("lastUsedAt").ValueKind);
    }

    [Fact]
    public async Task Explanation_OfFiles_SaysThatOnlyAnInstanceKnowsKeys()
    {
        string key = (await KeyAsync("plain"))!;
        using var output = new StringWriter();
        string[] arguments = ["explain", "GET", "/mine", "-H", $"X-API-Key: {key}", "--file", _directory.PathOf("fixtures.yaml"), "--upstream", _upstream.Url.ToString()];
        Assert.Equal(ExitCodes.Success, await CommandLine.RunAsync(arguments, new CommandConsole(output, output, colours: false), TestContext.Current.CancellationToken));
        Assert.Contains("API keys can be checked by a running instance alone.", output.ToString(), StringComparison.Ordinal);
    }

    private async Task<string?> KeyAsync(string kind)
    {
        var admin = new AdminApi(_gateway);
        object draft = kind switch
        {
            "tenant" => new { name = "n", tenant = "acme" },
            "scope" => new { name = "n", scopes = new[] { "write", "read" } },
            "role" => new { name = "n", roles = new[] { new { role = "r", permissions = new[] { "a:*" } } } },
            _ => new { name = "n" },
        };
        JsonElement made = await admin.SendAsync("POST", "/keys", 201, draft);
        string key = made.GetProperty("value").GetString()!;
        string path = $"/keys/{made.GetProperty("key").GetProperty("id").GetString()}";
        switch (kind)
        {
            case "none":
                return null;
            case "revoked":
                await admin.SendAsync("POST", path + "/revoke");
                return key;
            case "replaced":
                await admin.SendAsync("POST", path + "/rotate", body: new { overlap = "0s" });
                return key;
            case "rotated":
                return (await admin.SendAsync("POST", path + "/rotate", body: new { overlap = "1h" })).GetProperty("value").GetString();
            case "mistyped":
                return $"{key[..^1]}{(key[^1] == 'x' ? 'y' : 'x')}";
            default:
                return key;
        }
    }

    private async Task<int> SendAsync(string target, string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
