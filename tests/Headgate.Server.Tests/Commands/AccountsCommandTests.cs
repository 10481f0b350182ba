using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

/// <summary><c>headgate accounts</c> and <c>headgate signing-keys</c> against a running instance.</summary>
public sealed partial class AccountsCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(_directory.Write("orders.yaml", ServiceApi.Document), _upstream.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Create_ShowsTheSecret_ThatGetsTokens()
    {
        (int exitCode, string output) = await RunAsync("accounts", "create", "billing", "--scope", "service.read", "--scope", "service.write", "--tenant", "acme", "--expires-in", "90d");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.DoesNotContain("note", output, StringComparison.Ordinal);
        Match shown = Shown().Match(output);
        Assert.True(shown.Success, output);
        Assert.Contains($"  tokens         {_gateway.Host.Addresses[0]}/oauth/token", output, StringComparison.Ordinal);
        Assert.Equal(200, await TokenAsync(shown.Groups[1].Value, shown.Groups[2].Value));

        (exitCode, output) = await RunAsync("accounts", "list");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches($"^CLIENT ID +NAME +STATE +TENANT +SCOPES +LAST USED +EXPIRES\n{shown.Groups[1].Value}  billing  active  acme    service.read service.write  20..-..-.. ..:..:00Z|.*", output);
        Assert.DoesNotContain("hgs_", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithAScopeThatNobodyDeclares_NotesIt()
    {
        (int exitCode, string output) = await RunAsync("accounts", "create", "billing", "--scope", "service.raed");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.EndsWith("headgate: note: No document declares service.raed.\n", output, StringComparison.Ordinal);
        Assert.Matches(Shown(), output);
    }

    [Fact]
    public async Task Rotate_AndRevoke_DoAsTheySay()
    {
        (string id, string first) = await CreateAsync();
        (int exitCode, string output) = await RunAsync("accounts", "rotate", id, "--overlap", "1h", "--format", "json");
        JsonElement rotated = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal(200, await TokenAsync(id, first));
        Assert.Equal(200, await TokenAsync(id, rotated.GetProperty("clientSecret").GetString()!));

        (_, output) = await RunAsync("accounts", "rotate", id, "--overlap", "0");
        Assert.Contains("has a new secret, shown this once; the one so far holds no longer:", output, StringComparison.Ordinal);
        Assert.Equal(401, await TokenAsync(id, rotated.GetProperty("clientSecret").GetString()!));

        (exitCode, output) = await RunAsync("accounts", "revoke", id);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.StartsWith($"The service account billing ({id}) is revoked since 20", output, StringComparison.Ordinal);
        Assert.Contains("  revoked  ", (await RunAsync("accounts", "list")).Output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Failure, $"headgate: The instance answered 409: The service account {id} is revoked.\n"), await RunAsync("accounts", "rotate", id));
    }

    [Theory]
    [InlineData(ExitCodes.Failure, "accounts", "revoke", "svc_nobody")]
    [InlineData(ExitCodes.Failure, "accounts", "create", "x", "--scope", "a b")]
    [InlineData(ExitCodes.Usage, "accounts", "create", "x", "--tenant", "a b")]
    [InlineData(ExitCodes.Usage, "accounts", "create", "x", "--expires-in", "soon")]
    [InlineData(ExitCodes.Usage, "accounts", "create", "x", "--expires-in", "9000000d")]
    [InlineData(ExitCodes.Usage, "accounts", "rotate", "x", "--overlap", "soon")]
    [InlineData(ExitCodes.Failure, "signing-keys", "remove", "nothing")]
    public async Task Command_ThatCannotBeDone_SaysWhy(int expected, params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(arguments);
        Assert.Equal(expected, exitCode);
        Assert.StartsWith("headgate: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SigningKeys_AreListedRotatedAndRemoved()
    {
        await RunAsync("signing-keys", "rotate");
        (_, string output) = await RunAsync("signing-keys", "list", "--format", "json");
        JsonElement[] keys = [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
        Assert.All(keys, key => Assert.False(key.GetProperty("encrypted").GetBoolean()));
        foreach (JsonElement key in keys)
            (_, output) = await RunAsync("signing-keys", "remove", key.GetProperty("keyId").GetString()!);
        Assert.Matches("^KEY ID +STATE +SIGNS FROM +KEPT UNTIL +ENCRYPTED\n[A-Za-z0-9_-]{43}  signing  20..-..-.. ..:..:..Z  -           no\n$", output);
    }

    private async Task<(string Id, string Secret)> CreateAsync()
    {
        Match shown = Shown().Match((await RunAsync("accounts", "create", "billing")).Output);
        return (shown.Groups[1].Value, shown.Groups[2].Value);
    }

    private async Task<int> TokenAsync(string id, string secret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]);
        using HttpResponseMessage response = await _gateway.Client.PostAsync("/oauth/token", form, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => InstanceCommand.RunAsync(_gateway, arguments);

    [GeneratedRegex("client id      (svc_[0-9a-f]{32})\n  client secret  (hgs_[A-Za-z0-9_-]{43})\n")]
    private static partial Regex Shown();
}
