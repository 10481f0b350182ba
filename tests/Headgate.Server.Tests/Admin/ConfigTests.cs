using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>The configuration in force, as the admin API and <c>headgate config</c> show it.</summary>
public class ConfigTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config:
          timeout: { default: 5s, slow: 1m }
          services:
            orders: { url: "http://127.0.0.1:1", loadBalancing: round-robin }
        paths:
          /orders:
            get: { operationId: listOrders, x-gateway-backend: orders, responses: { "200": { description: ok } } }
        """;

    [Fact]
    public void Settings_FromEverySource_TellWhoSaysThem()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("headgate.json", """{ "drain-timeout": "7s", "service": { "b": "http://b" } }""");
        Dictionary<string, SettingValueReport[]> settings = Settings(
            [("documents", "FILE", "api.yaml"), ("service", "--service", "a=http://a")],
            new Dictionary<string, string> { ["HEADGATE__LOG_LEVEL"] = "debug", ["HEADGATE__TRUSTED_PROXY"] = "10.0.0.0/8 10.1.2.3" },
            file);
        Assert.Equal([new("a=http://a", "flag", "--service"), new("b=http://b", "file", "headgate.json: service.b")], settings["service"]);
        Assert.Equal([new("7s", "file", "headgate.json: drain-timeout")], settings["drain-timeout"]);
        Assert.Equal([new("debug", "environment", "HEADGATE__LOG_LEVEL")], settings["log-level"]);
        Assert.Equal(["10.0.0.0/8", "10.1.2.3"], settings["trusted-proxy"].Select(value => value.Value));
        Assert.Equal([new("http://127.0.0.1:8080", "default", "default")], settings["listen"]);
        Assert.Empty(settings["upstream"]);
        Assert.Equal([new(Path.GetFullPath(".headgate/headgate.db"), "default", "default")], settings["store"]);
        Assert.Equal(SettingsCatalogue.All.Select(setting => setting.Key).Order(), settings.Keys.Order());
    }

    [Theory]
    [InlineData("postgres://gate:hunter2@127.0.0.1:5432/gate")]
    [InlineData("postgres://gate:hunter2%40x@127.0.0.1:5432/gate")]
    public void StoreUrl_WithAPassword_IsShownWithoutIt(string url)
    {
        SettingValueReport store = Assert.Single(Settings([("documents", "FILE", "api.yaml")], new Dictionary<string, string> { ["HEADGATE__STORE"] = url }, null)["store"]);
        Assert.Equal(("environment", "HEADGATE__STORE"), (store.Source, store.Origin));
        Assert.DoesNotContain("hunter2", store.Value, StringComparison.Ordinal);
        Assert.StartsWith("postgres://gate", store.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_OfADocument_HasItsDefaultsAndTheAddressesOfTheSettings()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("shop.yaml", Document), upstream.Url, "service=orders=http://127.0.0.1:7", "service=stock=http://127.0.0.1:8");
        JsonElement api = Assert.Single((await new AdminApi(gateway).SendAsync("GET", "/config")).GetProperty("apis").EnumerateArray());
        Assert.Equal("shop", api.GetProperty("api").GetString());
        JsonElement config = api.GetProperty("config");
        Assert.Equal("""{"default":"5s","slow":"1m"}""", JsonSerializer.Serialize(config.GetProperty("timeout")));
        JsonElement orders = config.GetProperty("services").GetProperty("orders");
        Assert.Equal(("http://127.0.0.1:7/", "round-robin"), (orders.GetProperty("urls")[0].GetString(), orders.GetProperty("loadBalancing").GetString()));
        Assert.Equal(JsonValueKind.Null, orders.GetProperty("url").ValueKind);
        Assert.Equal("http://127.0.0.1:8/", config.GetProperty("services").GetProperty("stock").GetProperty("urls")[0].GetString());
        Assert.Equal("tenant_id", config.GetProperty("tenancy").GetProperty("claim").GetString());
        Assert.Equal(JsonValueKind.Null, config.GetProperty("rateLimit").ValueKind);
    }

    [Fact]
    public async Task Command_OfARunningInstance_PrintsALineForEachValue()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("shop.yaml", Document), upstream.Url);
        (int exitCode, string output) = await InstanceCommand.RunAsync(gateway, "config");
        Assert.Equal(ExitCodes.Success, exitCode);
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Contains("SETTING VALUE FROM", lines);
        Assert.Contains("drain-timeout 30s default", lines);
        Assert.Contains($"upstream {upstream.Url} flag (upstream)", lines);
        Assert.Contains("probes -", lines);
        Assert.Contains("timeout.slow 1m", lines);
        Assert.Contains("services.orders.url http://127.0.0.1:1", lines);
        Assert.DoesNotContain(TestGateway.AdminKeyText, output, StringComparison.Ordinal);

        (exitCode, output) = await InstanceCommand.RunAsync(gateway, "config", "--format", "json");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal("shop", JsonDocument.Parse(output).RootElement.GetProperty("apis")[0].GetProperty("api").GetString());
    }

    private static Dictionary<string, SettingValueReport[]> Settings((string Key, string Flag, string Text)[] flags, Dictionary<string, string> environment, string? file)
    {
        var problems = new List<SettingProblem>();
        SettingValues values = SettingSources.Read(flags.Select(flag => (flag.Key, new SettingText(flag.Text, flag.Flag))), environment, file, problems);
        ServerOptions? options = new ServerOptionsBinder(values, problems).Bind();
        Assert.Empty(problems);
        return ConfigListing.Of(options!, Gateway.Plans.GatewayPlan.Empty).Settings.ToDictionary(setting => setting.Key, setting => setting.Values.ToArray());
    }
}
