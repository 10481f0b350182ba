using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

/// <summary><c>headgate routes --diff</c> against a running gateway: what it says is what a reload then does.</summary>
public class RoutesDiffTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config: { services: { orders: { url: "http://127.0.0.1:1" } } }
        paths:
          /orders:
            get: { operationId: listOrders, responses: { "200": { description: ok } } }
          /orders/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get: { operationId: getOrder, responses: { "200": { description: ok } } }
        """;

    private static readonly string s_next = Document
        .Replace("url: \"http://127.0.0.1:1\"", "urls: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"]", StringComparison.Ordinal)
        .Replace("get: { operationId: listOrders,", "get: { operationId: listOrders, x-gateway-rate-limit: { limit: 9, window: 1m },", StringComparison.Ordinal)
        .Replace("/orders/{id}:", "/purchases/{id}:", StringComparison.Ordinal);

    [Fact]
    public async Task Diff_OfOtherDocuments_TellsWhatWouldChange_AndChangesNothing()
    {
        await using Setup setup = await Setup.StartAsync();
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "routes", "--diff", setup.Write("next", s_next));
        Assert.Equal(ExitCodes.Success, exitCode);
        string text = output.ReplaceLineEndings("\n");
        Assert.Contains("~ service orders of shop\n    instances  http://127.0.0.1:1/ -> http://127.0.0.1:1/, http://127.0.0.1:2/\n", text, StringComparison.Ordinal);
        Assert.Contains("~ GET /orders of shop\n", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +limit [a-z:-]+ +nothing -> 9 in 1m, 9 at once", text);
        Assert.Contains("+ GET /purchases/{id} of shop\n", text, StringComparison.Ordinal);
        Assert.Contains("- GET /orders/{id} of shop\n", text, StringComparison.Ordinal);
        Assert.EndsWith("4 differences from plan 1: 1 added, 1 removed, 2 changed. Nothing has been changed.\n", text, StringComparison.Ordinal);
        Assert.Equal((1, null), (setup.Gateway.Host.Reloader.Current.Plan.Generation, setup.Gateway.Host.Reloader.Last));
    }

    [Fact]
    public async Task Diff_IsWhatTheReloadThenReports_AndNothingIsLeftAfterIt()
    {
        await using Setup setup = await Setup.StartAsync();
        File.WriteAllText(setup.File, s_next);
        JsonElement diff = await setup.DiffAsync(ExitCodes.Success);
        await setup.Gateway.Host.Reloader.ReloadAsync("test", TestContext.Current.CancellationToken);
        JsonElement past = (await new AdminApi(setup.Gateway).SendAsync("GET", "/reloads"))[0].GetProperty("changes");
        foreach (string change in new[] { "added", "removed", "changed" })
            Assert.Equal(diff.GetProperty("changes").EnumerateArray().Count(one => one.GetProperty("change").GetString() == change), past.GetProperty(change + "Count").GetInt32());
        Assert.Equal("GET /purchases/{id} of shop", past.GetProperty("added")[0].GetString());
        Assert.Empty((await setup.DiffAsync(ExitCodes.Success)).GetProperty("changes").EnumerateArray());
        (_, string output) = await InstanceCommand.RunAsync(setup.Gateway, "routes", "--diff");
        Assert.Equal("Nothing would change in plan 2.", output.TrimEnd());
    }

    [Fact]
    public async Task Diff_OfADocumentWithErrors_ShowsThem_AndThatNothingOfItWouldChange()
    {
        await using Setup setup = await Setup.StartAsync();
        string broken = setup.Write("broken", s_next.Replace("x-gateway-rate-limit", "x-gateway-rate-limits", StringComparison.Ordinal));
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "routes", "--diff", broken);
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("HG2001", output, StringComparison.Ordinal);
        Assert.Contains("1 error: a document with errors is not taken, its version in force stays. Nothing would change in plan 1.", output, StringComparison.Ordinal);
        (exitCode, output) = await InstanceCommand.RunAsync(setup.Gateway, "routes", "--diff", Path.Combine("nowhere", "shop.yaml"));
        Assert.Equal(ExitCodes.Failure, exitCode);
        Assert.Contains("nowhere", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reads the files with which it was started", "--diff", "other.yaml")]
    [InlineData("leave out --service", "--diff", "shop.yaml", "--service", "orders=http://127.0.0.1:9")]
    [InlineData("leave out --set upstream", "--diff", "--set", "upstream=http://127.0.0.1:9")]
    public async Task Diff_ThatCannotBeMade_IsRefused(string reason, params string[] arguments)
    {
        await using Setup setup = await Setup.StartAsync();
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, ["routes", .. arguments]);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    // The settings of the instance say where services run, and which overlays there are.
    [Fact]
    public async Task Diff_TakesTheSettingsOfTheInstance()
    {
        using var directory = new TemporaryDirectory();
        string overlay = directory.Write("gateway.overlay.yaml", "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: \"$.paths['/orders'].get\", update: { x-gateway-rate-limit: { limit: 5, window: 1m } } }]\n");
        await using Setup setup = await Setup.StartAsync($"overlay={overlay}", "service=orders=http://127.0.0.1:7", "validate-responses=true", "trusted-proxy=10.0.0.0/8");
        Assert.Empty((await setup.DiffAsync(ExitCodes.Success)).GetProperty("changes").EnumerateArray());
        string other = directory.Write("other.overlay.yaml", "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: \"$.paths['/orders'].get\", update: { x-gateway-rate-limit: { limit: 6, window: 1m } } }]\n");
        JsonElement change = Assert.Single((await setup.DiffAsync(ExitCodes.Success, "--overlay", other)).GetProperty("changes").EnumerateArray());
        Assert.StartsWith("limit ", Assert.Single(change.GetProperty("settings").EnumerateArray()).GetProperty("name").GetString(), StringComparison.Ordinal);
    }

    private sealed class Setup : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly TestUpstream _upstream;

        private Setup(TestUpstream upstream) => _upstream = upstream;

        public TestGateway Gateway { get; private set; } = null!;

        public string File { get; private set; } = "";

        public static async Task<Setup> StartAsync(params string[] settings)
        {
            var setup = new Setup(await TestUpstream.StartAsync());
            setup.File = setup._directory.Write("shop.yaml", Document);
            setup.Gateway = await TestGateway.StartAsync(setup.File, setup._upstream.Url, ["reload.watch=false", .. settings]);
            return setup;
        }

        /// <summary>A document of the same name elsewhere.</summary>
        public string Write(string folder, string document)
        {
            Directory.CreateDirectory(_directory.PathOf(folder));
            return _directory.Write(Path.Combine(folder, "shop.yaml"), document);
        }

        public async Task<JsonElement> DiffAsync(int expected, params string[] arguments)
        {
            (int exitCode, string output) = await InstanceCommand.RunAsync(Gateway, ["routes", "--diff", "--format", "json", .. arguments]);
            Assert.True(exitCode == expected, output);
            return JsonDocument.Parse(output).RootElement;
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _upstream.DisposeAsync();
            _directory.Dispose();
        }
    }
}
