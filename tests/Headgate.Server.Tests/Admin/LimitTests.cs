using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>The limits in force and who uses them, as the admin API and <c>headgate limits</c> show them.</summary>
public class LimitTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config:
          rateLimit: { limits: [{ name: per-address, by: ip, limit: 3, window: 1h }, { name: per-plan, by: "header:X-Plan", limit: 2, window: 1h, burst: 2 }] }
          limits: { concurrency: [{ by: endpoint, limit: 50 }] }
        paths:
          /orders:
            get: { operationId: listOrders, responses: { "200": { description: ok } } }
        """;

    [Fact]
    public async Task Limits_Asked_TellWhatTheyDecidedAndOfWhom()
    {
        await using Setup setup = await Setup.StartAsync();
        JsonElement[] limits = [.. (await setup.Api.SendAsync("GET", "/limits")).GetProperty("items").EnumerateArray()];
        Assert.Equal(["per-address", "per-plan", "endpoint"], limits.Select(limit => limit.GetProperty("name").GetString()));
        JsonElement address = limits[0];
        Assert.Equal(("rate", 3, 3600.0, 2L, 0L, 1), (
            address.GetProperty("kind").GetString(), address.GetProperty("limit").GetInt32(), address.GetProperty("windowSeconds").GetDouble(),
            address.GetProperty("admitted").GetInt64(), address.GetProperty("refused").GetInt64(), address.GetProperty("consumerCount").GetInt32()));
        JsonElement caller = Assert.Single(address.GetProperty("consumers").EnumerateArray());
        Assert.Equal(("127.0.0.1", 2, 1), (caller.GetProperty("name").GetString(), caller.GetProperty("used").GetInt32(), caller.GetProperty("remaining").GetInt32()));
        Assert.Equal(("concurrency", "listOrders"), (limits[2].GetProperty("kind").GetString(), limits[2].GetProperty("operation").GetString()));
        Assert.DoesNotContain("gold-secret", (await setup.Api.SendAsync("GET", "/limits")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_PageByPage_AreAllOfThem()
    {
        await using Setup setup = await Setup.StartAsync();
        JsonElement first = await setup.Api.SendAsync("GET", "/limits?limit=2");
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        JsonElement second = await setup.Api.SendAsync("GET", $"/limits?limit=2&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal("endpoint", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Empty((await setup.Api.SendAsync("GET", "/limits?api=another")).GetProperty("items").EnumerateArray());
        Assert.Empty((await setup.Api.SendAsync("GET", "/limits?consumers=0")).GetProperty("items")[0].GetProperty("consumers").EnumerateArray());
    }

    [Theory]
    [InlineData("/limits?consumers=101")]
    [InlineData("/limits?consumers=-1")]
    [InlineData("/limits?limit=0")]
    [InlineData("/limits?cursor=*")]
    public async Task Query_ThatIsWrong_Is400(string path)
    {
        await using Setup setup = await Setup.StartAsync();
        await setup.Api.SendAsync("GET", path, 400);
    }

    [Fact]
    public async Task Command_OfARunningInstance_ListsLimitsWithTheirConsumers()
    {
        await using Setup setup = await Setup.StartAsync();
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "limits");
        Assert.Equal(ExitCodes.Success, exitCode);
        string[] lines = [.. output.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal("API LIMIT OF ADMITTED REFUSED CONSUMERS", lines[0]);
        Assert.Equal("shop per-address 3 in 1h, by ip 2 0 1", lines[1]);
        Assert.Matches("^127.0.0.1 2 used, 1 left, whole in [0-9]+ s$", lines[2]);
        Assert.Contains("shop endpoint 50 under way, by endpoint, of listOrders - - 0", lines);
        Assert.Contains(lines, line => line.StartsWith("X-Plan: (not shown) 2 used, 0 left", StringComparison.Ordinal));

        (exitCode, output) = await InstanceCommand.RunAsync(setup.Gateway, "limits", "--api", "shop", "--format", "json");
        Assert.Equal((ExitCodes.Success, 3), (exitCode, JsonDocument.Parse(output).RootElement.GetArrayLength()));
        Assert.Equal((ExitCodes.Usage, "headgate: The instance answered 400: The query parameter consumers is not a whole number between 0 and 100."), await TrimmedAsync(setup, "limits", "--consumers", "101"));
    }

    private static async Task<(int ExitCode, string Output)> TrimmedAsync(Setup setup, params string[] arguments)
    {
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, arguments);
        return (exitCode, output.TrimEnd());
    }

    /// <summary>A gateway that has answered two requests of one plan.</summary>
    private sealed class Setup : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly TestUpstream _upstream;

        private Setup(TestUpstream upstream) => _upstream = upstream;

        public TestGateway Gateway { get; private set; } = null!;

        public AdminApi Api => new(Gateway);

        public static async Task<Setup> StartAsync()
        {
            var setup = new Setup(await TestUpstream.StartAsync());
            setup.Gateway = await TestGateway.StartAsync(setup._directory.Write("shop.yaml", Document), setup._upstream.Url);
            for (int i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/orders") { Headers = { { "X-Plan", "gold-secret" } } };
                using HttpResponseMessage response = await setup.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
                response.EnsureSuccessStatusCode();
            }

            return setup;
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _upstream.DisposeAsync();
            _directory.Dispose();
        }
    }
}
