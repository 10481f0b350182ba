using System.Net;
using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>What an operator sees and does by hand: services, drain, breakers, reloads, deprecated use, levels of the log. By the admin API and on a terminal.</summary>
public class OperatorEndpointsTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Pets, version: "1" }
        x-gateway-config: { services: { pets: { urls: [PETS], timeouts: { connect: 1s } } } }
        x-gateway-backend: { service: pets }
        paths:
          /pets:
            get: { operationId: listPets, deprecated: true, responses: { "200": { description: ok } } }
          /owners:
            get: { operationId: listOwners, deprecated: true, responses: { "200": { description: ok } } }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_ThatIsCalled_TellsInstancesPoolsAndBreakers()
    {
        await using Setup setup = await Setup.StartAsync();
        await setup.GetPetsAsync(HttpStatusCode.OK);
        JsonElement[] services = [.. (await setup.Api.SendAsync("GET", "/services")).GetProperty("items").EnumerateArray()];
        Assert.Equal(["pets", "upstream"], services.Select(service => Text(service, "service")));
        JsonElement service = services[0];
        Assert.Equal(("pets", "usable", "closed"), (Text(service, "service"), Text(service.GetProperty("instances")[0], "state"), Text(service.GetProperty("breakers")[0], "state")));
        Assert.Equal((1, 1, 0), (Pool("open"), Pool("idle"), Pool("inUse")));
        Assert.Equal("pets", Text(await setup.Api.SendAsync("GET", "/services/pets"), "service"));
        await setup.Api.SendAsync("GET", "/services/dogs", 404);
        JsonElement first = await setup.Api.SendAsync("GET", "/services?limit=1");
        JsonElement second = await setup.Api.SendAsync("GET", $"/services?limit=1&cursor={Text(first, "next")}");
        Assert.Equal(("pets", "upstream", JsonValueKind.Null), (Text(first.GetProperty("items")[0], "service"), Text(second.GetProperty("items")[0], "service"), second.GetProperty("next").ValueKind));

        int Pool(string name) => service.GetProperty("instances")[0].GetProperty("pool").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Instance_Drained_GetsNoCalls_AndStatusShowsIt()
    {
        await using Setup setup = await Setup.StartAsync();
        var body = new { instance = setup.Upstream.Url.ToString() };
        Assert.Equal("drained", Text((await setup.Api.SendAsync("POST", "/services/pets/drain", body: body)).GetProperty("instances")[0], "state"));
        await setup.GetPetsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Empty(setup.Upstream.Requests);
        Assert.Contains("drained", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output, StringComparison.Ordinal);
        Assert.Equal("usable", Text((await setup.Api.SendAsync("POST", "/services/pets/undrain", body: body)).GetProperty("instances")[0], "state"));
        await setup.GetPetsAsync(HttpStatusCode.OK);
        foreach ((string path, string instance) in new[] { ("/services/pets/drain", "http://127.0.0.1:1"), ("/services/dogs/drain", setup.Upstream.Url.ToString()), ("/services/pets/drain", "no address") })
            await setup.Api.SendAsync("POST", path, 404, new { instance });
        await setup.Api.SendAsync("POST", "/services/pets/drain", 400, new { instances = "x" });
    }

    [Fact]
    public async Task Drain_ByCommand_TurnsReadinessAndServesWhoComes()
    {
        await using Setup setup = await Setup.StartAsync();
        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "drain");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.StartsWith("drained by hand since ", output, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining"), await setup.ReadyAsync());
        await setup.GetPetsAsync(HttpStatusCode.OK);
        Assert.True((await setup.Api.SendAsync("GET", "/drain")).GetProperty("byHand").GetBoolean());
        Assert.Contains("is draining, started ", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await InstanceCommand.RunAsync(setup.Gateway, "undrain")).ExitCode);
        Assert.Equal((HttpStatusCode.OK, "ready"), await setup.ReadyAsync());

        string url = setup.Upstream.Url.ToString();
        (exitCode, output) = await InstanceCommand.RunAsync(setup.Gateway, "drain", "--service", "pets", "--instance", url);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("drained", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await InstanceCommand.RunAsync(setup.Gateway, "undrain", "--service", "pets", "--instance", url)).ExitCode);
        Assert.Equal(ExitCodes.Failure, (await InstanceCommand.RunAsync(setup.Gateway, "drain", "--service", "dogs", "--instance", url)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await InstanceCommand.RunAsync(setup.Gateway, "drain", "--service", "pets")).ExitCode);
    }

    [Fact]
    public async Task Drain_OfAProcessThatEnds_IsNotTakenBack()
    {
        await using Setup setup = await Setup.StartAsync();
        setup.Gateway.Host.Readiness.BeginStopping();
        Assert.True((await setup.Api.SendAsync("GET", "/drain")).GetProperty("draining").GetBoolean());
        await setup.Api.SendAsync("POST", "/undrain", 409);
    }

    [Fact]
    public async Task Breaker_SetByHand_RefusesAndServes()
    {
        await using Setup setup = await Setup.StartAsync();
        JsonElement open = await setup.Api.SendAsync("PUT", "/services/pets/breaker", body: new { state = "open" });
        Assert.Equal("open", Text(open.GetProperty("breakers")[0], "state"));
        await setup.GetPetsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Matches("breaker is open for [0-9.]+ s more, 1 call refused so far", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output);
        JsonElement closed = await setup.Api.SendAsync("PUT", "/services/pets/breaker", body: new { state = "closed" });
        Assert.Equal(["open", "closed"], closed.GetProperty("changes").EnumerateArray().Select(change => Text(change, "change")));
        await setup.GetPetsAsync(HttpStatusCode.OK);
        await setup.Api.SendAsync("PUT", "/services/dogs/breaker", 404, new { state = "open" });
        await setup.Api.SendAsync("PUT", "/services/pets/breaker", 404, new { state = "open", operation = "pets/listPets" });
        await setup.Api.SendAsync("PUT", "/services/pets/breaker", 400, new { state = "half-open" });
    }

    [Fact]
    public async Task Deprecated_Operations_TellWhoCallsThem()
    {
        await using Setup setup = await Setup.StartAsync();
        for (int i = 0; i < 3; i++)
            await setup.GetPetsAsync(HttpStatusCode.OK);
        JsonElement page = await setup.Api.SendAsync("GET", "/deprecated?limit=1");
        JsonElement owners = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(("listOwners", 0L), (Text(owners, "operation"), owners.GetProperty("calls").GetInt64()));
        JsonElement pets = Assert.Single((await setup.Api.SendAsync("GET", $"/deprecated?limit=1&cursor={Text(page, "next")}")).GetProperty("items").EnumerateArray());
        JsonElement caller = Assert.Single(pets.GetProperty("callers").EnumerateArray());
        Assert.Equal(("listPets", 3L, "127.0.0.1", 3L), (Text(pets, "operation"), pets.GetProperty("calls").GetInt64(), Text(caller, "address"), caller.GetProperty("calls").GetInt64()));
        Assert.True(caller.GetProperty("firstCall").GetDateTimeOffset() <= caller.GetProperty("lastCall").GetDateTimeOffset());
        Assert.Empty((await setup.Api.SendAsync("GET", "/deprecated?api=another")).GetProperty("items").EnumerateArray());
        await setup.Api.SendAsync("GET", "/deprecated?callers=1001", 400);

        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "deprecated");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Matches("(?m)^ +address 127\\.0\\.0\\.1 +3 ", output);
        Assert.Contains("listPets of pets: 3 calls by 1 caller, the last ", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reloads_AreRemembered_WithWhatTheyFoundAndChanged_UpToTheBound()
    {
        await using Setup setup = await Setup.StartAsync();
        File.WriteAllText(setup.File, Samples.Broken);
        await setup.Api.SendAsync("POST", "/reload", 422);
        File.WriteAllText(setup.File, setup.Written.Replace("/owners:", "/people:", StringComparison.Ordinal));
        await setup.Api.SendAsync("POST", "/reload");
        JsonElement reloads = await setup.Api.SendAsync("GET", "/reloads");
        Assert.Equal(2, reloads.GetArrayLength());
        Assert.Equal((true, 1, 1, "GET /people of pets"), (reloads[0].GetProperty("succeeded").GetBoolean(), Count("addedCount"), Count("removedCount"), reloads[0].GetProperty("changes").GetProperty("added")[0].GetString()));
        Assert.Equal(("request from 127.0.0.1", false), (Text(reloads[1], "trigger"), reloads[1].GetProperty("succeeded").GetBoolean()));
        Assert.Equal("error", Text(reloads[1].GetProperty("errors")[0], "severity"));
        Assert.Matches("reload .* by request from 127\\.0\\.0\\.1, .* without errors, plan 2: 1 added, 1 removed", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output);
        for (int i = 0; i < Headgate.Server.Documents.ReloadHistory.MostReloads; i++)
            await setup.Gateway.Host.Reloader.ReloadAsync("test", Stop);
        JsonElement all = await setup.Api.SendAsync("GET", "/reloads");
        Assert.Equal((Headgate.Server.Documents.ReloadHistory.MostReloads, "test"), (all.GetArrayLength(), Text(all[all.GetArrayLength() - 1], "trigger")));

        int Count(string name) => reloads[0].GetProperty("changes").GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task LogLevels_AreSetForAWhile_AndGivenBack()
    {
        await using Setup setup = await Setup.StartAsync();
        JsonElement set = await setup.Api.SendAsync("PUT", "/log-levels/Headgate.Gateway", body: new { level = "debug", @for = "10m" });
        JsonElement one = Assert.Single(set.GetProperty("categories").EnumerateArray());
        Assert.Equal(("info", "Headgate.Gateway", "debug"), (Text(set, "level"), Text(one, "category"), Text(one, "level")));
        Assert.InRange(one.GetProperty("until").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.Contains("Headgate.Gateway at debug until", (await InstanceCommand.RunAsync(setup.Gateway, "status")).Output, StringComparison.Ordinal);
        Assert.Empty((await setup.Api.SendAsync("DELETE", "/log-levels/Headgate.Gateway")).GetProperty("categories").EnumerateArray());
        await setup.Api.SendAsync("DELETE", "/log-levels/Headgate.Gateway", 404);
        foreach (string time in new[] { "25h", "0s", "soon" })
            await setup.Api.SendAsync("PUT", "/log-levels/X", 400, new { level = "debug", @for = time });
        await setup.Api.SendAsync("PUT", "/log-levels/X", 400, new { level = "loud" });
        await setup.Api.SendAsync("PUT", "/log-levels/a%20b", 400, new { level = "debug" });

        (int exitCode, string output) = await InstanceCommand.RunAsync(setup.Gateway, "log-levels", "set", "Default", "debug");
        Assert.Equal((ExitCodes.Success, true), (exitCode, output.Contains("Default is at debug until ", StringComparison.Ordinal)));
        Assert.Equal(ExitCodes.Success, (await InstanceCommand.RunAsync(setup.Gateway, "log-levels", "reset", "Default")).ExitCode);
        Assert.Equal((ExitCodes.Success, "The settings say info."), ((await InstanceCommand.RunAsync(setup.Gateway, "log-levels", "list")).ExitCode, (await InstanceCommand.RunAsync(setup.Gateway, "log-levels", "list")).Output.TrimEnd()));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private sealed class Setup : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        private Setup(TestUpstream upstream) => Upstream = upstream;

        public TestUpstream Upstream { get; }

        public TestGateway Gateway { get; private set; } = null!;

        public AdminApi Api => new(Gateway);

        public string File => _directory.PathOf("pets.yaml");

        public string Written { get; private set; } = "";

        public static async Task<Setup> StartAsync()
        {
            var setup = new Setup(await TestUpstream.StartAsync());
            setup.Written = Document.Replace("PETS", $"\"{setup.Upstream.Url}\"", StringComparison.Ordinal);
            setup.Gateway = await TestGateway.StartAsync(setup._directory.Write("pets.yaml", setup.Written), setup.Upstream.Url, "reload.watch=false");
            return setup;
        }

        public async Task GetPetsAsync(HttpStatusCode expected)
        {
            using HttpResponseMessage response = await Gateway.Client.GetAsync("/pets", Stop);
            Assert.Equal(expected, response.StatusCode);
        }

        public async Task<(HttpStatusCode Status, string? State)> ReadyAsync()
        {
            using HttpResponseMessage response = await Gateway.Admin.GetAsync("/readyz", Stop);
            return (response.StatusCode, Text(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement, "status"));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
            _directory.Dispose();
        }
    }
}
