using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>What is stored, as the admin API and <c>headgate cache</c> show it, and taking it out.</summary>
public class CacheTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        paths:
          /orders:
            get: { operationId: listOrders, x-gateway-cache: { ttl: 1h, tags: [orders] }, responses: { "200": { description: ok } } }
        """;

    [Fact]
    public async Task Cache_OfARunningInstance_IsShownAndPurged()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("shop.yaml", Document), upstream.Url);
        var api = new AdminApi(gateway);
        foreach (string target in (string[])["/orders", "/orders", "/orders?page=2"])
            (await gateway.Client.GetAsync(target, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode().Dispose();

        JsonElement cache = await api.SendAsync("GET", "/cache");
        Assert.Equal((2, 1L, 2L), (cache.GetProperty("answers").GetInt32(), Result(cache, "hit"), Result(cache, "stored")));
        JsonElement first = await api.SendAsync("GET", "/cache/answers?limit=1");
        JsonElement second = await api.SendAsync("GET", $"/cache/answers?limit=1&cursor={first.GetProperty("next").GetString()}");
        Assert.Equal(["/orders", "/orders?page=2"], [PathOf(first), PathOf(second)]);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);

        (int exitCode, string output) = await InstanceCommand.RunAsync(gateway, "cache", "show", "--prefix", "/orders?");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("2 answers in ", output, StringComparison.Ordinal);
        Assert.Contains("shop: 1 hit, 2 stored", output, StringComparison.Ordinal);
        Assert.Matches("/orders\\?page=2 +listOrders +200 +[0-9]+ +all +- +[0-9-]+ [0-9:]+Z +orders", output);

        (exitCode, output) = await InstanceCommand.RunAsync(gateway, "cache", "purge", "--path", "/orders");
        Assert.Equal((ExitCodes.Success, "1 answer is gone."), (exitCode, output.TrimEnd()));
        Assert.Equal(1, (await api.SendAsync("POST", "/cache/purge", body: new { tag = "orders" })).GetProperty("purged").GetInt32());
        Assert.Equal(0, (await api.SendAsync("GET", "/cache")).GetProperty("answers").GetInt32());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"path\":\"/a\",\"tag\":\"b\"}")]
    [InlineData("{\"all\":false}")]
    [InlineData("{\"url\":\"/a\"}")]
    public async Task Purge_ThatDoesNotSayWhat_Is400(string body)
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("shop.yaml", Document), upstream.Url);

        await new AdminApi(gateway).SendAsync("POST", "/cache/purge", 400, body);
        (int exitCode, _) = await InstanceCommand.RunAsync(gateway, "cache", "purge");
        Assert.Equal(ExitCodes.Usage, exitCode);
    }

    private static long Result(JsonElement cache, string result) => cache.GetProperty("apis")[0].GetProperty("results").GetProperty(result).GetInt64();

    private static string PathOf(JsonElement page) => page.GetProperty("items")[0].GetProperty("path").GetString()!;
}
