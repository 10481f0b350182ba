using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

/// <summary><c>headgate keys</c> against a running instance.</summary>
public sealed class KeysCommandTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Pets, version: "1" }
        paths:
          /pets: { get: { operationId: listPets, security: [{ key: ["pets:read"] }], x-gateway-authorize: "pet:read", responses: { "200": { description: ok } } } }
        components: { securitySchemes: { key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} } } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _instance = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(TestGateway.Options(_instance, [_directory.Write("pets.yaml", Document)], [$"upstream={_upstream.Url}"]), _instance);

        // The key of the tests' instances is given, not made: here commands find it where they look.
        await File.WriteAllTextAsync(Path.Combine(_instance.PathOf("data"), "admin.key"), TestGateway.AdminKeyText, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Create_PrintsTheKeyAlone_AndItLetsIn()
    {
        (int exitCode, string output, string error) = await RunAsync("create", "--name", "nightly import", "--owner", "robot", "--tenant", "acme", "--scope", "pets:read", "--scope", "x", "--role", "clerk@tenant:acme=pet:*,a:b", "--expires", "90d");
        string key = output.TrimEnd();

        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches("^hgk_[0-9a-z]{12}_[0-9A-Za-z]{49}$", key);
        Assert.Matches($"^Key {key[4..16]} is made and ends 20.*Z. It is shown this once: keep it where secrets are kept.$", error.TrimEnd());
        Assert.DoesNotContain(key[^20..], error, StringComparison.Ordinal);
        Assert.Equal(200, await StatusAsync(key));
    }

    [Fact]
    public async Task List_ShowsKeys_WithoutTheirSecrets()
    {
        string first = (await RunAsync("create", "--name", "one", "--owner", "ann", "--scope", "a", "--scope", "b")).Output.TrimEnd();
        string second = (await RunAsync("create", "--name", "two", "--tenant", "acme")).Output.TrimEnd();
        await RunAsync("revoke", second);
        (int exitCode, string all, _) = await RunAsync("list", "--all");
        string[] lines = all.TrimEnd().ReplaceLineEndings("\n").Split('\n');

        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches("^ID +NAME +OWNER +TENANT +SCOPES +STATE +ENDS +LAST USED$", lines[0]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $"^{first[4..16]} +one +ann +- +a b +active +never +never$"));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $"^{second[4..16]} +two +- +acme +- +revoked +20.*Z +never$"));
        Assert.DoesNotContain(first[^20..], all, StringComparison.Ordinal);
        Assert.DoesNotContain("two", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.Equal("There are no such keys.", (await RunAsync("list", "--tenant", "acme")).Output.TrimEnd());

        (_, string limited, string more) = await RunAsync("list", "--all", "--limit", "1", "--format", "json");
        Assert.Single(JsonDocument.Parse(limited).RootElement.GetProperty("items").EnumerateArray());
        Assert.NotEqual(JsonValueKind.Null, JsonDocument.Parse(limited).RootElement.GetProperty("next").ValueKind);
        Assert.Equal("", more);
    }

    [Fact]
    public async Task Rotate_PrintsTheNewKeyAlone_AndBothLetIn_OrOnlyTheNewOne()
    {
        string first = (await RunAsync("create", "--name", "n", "--scope", "pets:read", "--role", "r=pet:read")).Output.TrimEnd();
        (_, string second, string said) = await RunAsync("rotate", first[..16], "--overlap", "1h");
        Assert.Matches($"^Key {first[4..16]} has another secret; the one before is accepted until 20.*Z. It is shown this once", said);
        Assert.Equal((200, 200), (await StatusAsync(first), await StatusAsync(second.TrimEnd())));

        (int exitCode, string json, _) = await RunAsync("rotate", first[4..16], "--overlap", "0s", "--format", "json");
        string third = JsonDocument.Parse(json).RootElement.GetProperty("value").GetString()!;
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal((401, 401, 200), (await StatusAsync(first), await StatusAsync(second.TrimEnd()), await StatusAsync(third)));
    }

    [Fact]
    public async Task Revoke_TakesTheWholeKeyToo_AndIsEffectiveAtOnce()
    {
        string key = (await RunAsync("create", "--name", "n", "--scope", "pets:read", "--role", "r=pet:read")).Output.TrimEnd();
        Assert.Equal(200, await StatusAsync(key));
        (int exitCode, string output, _) = await RunAsync("revoke", key);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches($"^Key {key[4..16]} \\(n\\) is revoked since 20.*Z$", output.TrimEnd());
        Assert.Equal(401, await StatusAsync(key));
        Assert.Equal((exitCode, output), ((await RunAsync("revoke", key)).ExitCode, (await RunAsync("revoke", key)).Output));
        Assert.Equal($"/admin/v1/keys/{key[4..16]}", KeysCommand.PathOf(key));
    }

    [Theory]
    [InlineData(ExitCodes.Usage, "--name", "create")]
    [InlineData(ExitCodes.Usage, "--role clerk is not written NAME[@SCOPE]=PERMISSION[,PERMISSION]", "create", "--name", "n", "--role", "clerk")]
    [InlineData(ExitCodes.Usage, "--role a@=b", "create", "--name", "n", "--role", "a@=b")]
    [InlineData(ExitCodes.Failure, "'soon' is no end of a key.", "create", "--name", "n", "--expires", "soon")]
    [InlineData(ExitCodes.Failure, "A tenant has 1 to 128 letters", "create", "--name", "n", "--tenant", "a/b")]
    [InlineData(ExitCodes.Failure, "There is no API key 000000000000.", "revoke", "000000000000")]
    [InlineData(ExitCodes.Failure, "There is no API key a b?c.", "rotate", "a b?c")]
    [InlineData(ExitCodes.Failure, "'1y' is no overlap.", "rotate", "000000000000", "--overlap", "1y")]
    public async Task Command_ThatCannotBeDone_SaysWhy(int expected, string reason, params string[] words)
    {
        (int exitCode, string output, string error) = await RunAsync(words);
        Assert.Equal(expected, exitCode);
        Assert.Contains(reason, error + output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("list")]
    [InlineData("rotate")]
    [InlineData("revoke")]
    public async Task Help_HasExamples(string word)
    {
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Success, await CommandLine.RunAsync(["keys", word, "--help"], new CommandConsole(output, output, colours: false), TestContext.Current.CancellationToken));
        Assert.Contains($"Examples:\n  headgate keys {word}", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await CommandLine.RunAsync(["keys", .. words, "--data", _instance.PathOf("data")], new CommandConsole(output, error, colours: false), TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }

    private async Task<int> StatusAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets") { Headers = { { "X-API-Key", key } } };
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
