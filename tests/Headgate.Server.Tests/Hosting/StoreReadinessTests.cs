using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Server.Hosting;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Hosting;

/// <summary>An instance whose store cannot be used says so to its load balancer, and comes back by itself.</summary>
public class StoreReadinessTests
{
    [Fact]
    public async Task Readiness_WhileTheStoreIsAway_IsFalseWithTheReason()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        string store = directory.PathOf("gate.db");
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url, "store=" + store);
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadyAsync(gateway));

        File.Move(store, store + ".away");
        await Until.TrueAsync(async () => (await ReadyAsync(gateway)).Status != HttpStatusCode.OK, "the loss is noticed");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable The store is not there."), await ReadyAsync(gateway));
        JsonElement reported = (await StatusAsync(gateway)).GetProperty("store");
        Assert.False(reported.GetProperty("healthy").GetBoolean());
        Assert.StartsWith($"The store {store} was removed", reported.GetProperty("problem").GetString(), StringComparison.Ordinal);

        File.Move(store + ".away", store);
        await Until.TrueAsync(async () => (await ReadyAsync(gateway)).Status == HttpStatusCode.OK, "the store is used again");
        Assert.True((await StatusAsync(gateway)).GetProperty("store").GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public async Task Start_WithAStoreThatCannotBe_IsOneLine()
    {
        using var directory = new TemporaryDirectory();
        string store = directory.Write("gate.db", "this is no database, but long enough to be taken for one at first sight");
        ServerOptions options = TestGateway.Options(directory, [directory.Write("pets.yaml", Samples.Pets)], ["upstream=http://127.0.0.1:1", "store=" + store]);
        using DataDirectory data = DataDirectory.Open(options.DataDirectory);
        await using var host = new GatewayHost(options, data, TestGateway.AdminKeyText, NullLoggerFactory.Instance, new LogLevelSwitch(TimeProvider.System), TimeProvider.System);
        StartFailure failure = await Assert.ThrowsAsync<StartFailure>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith($"The store {store} is no SQLite database, or damaged. ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static async Task<(HttpStatusCode Status, string Text)> ReadyAsync(TestGateway gateway)
    {
        using HttpResponseMessage response = await gateway.Admin.GetAsync("/readyz", TestContext.Current.CancellationToken);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        string reason = body.TryGetProperty("reason", out JsonElement given) ? " " + given.GetString() : "";
        return (response.StatusCode, body.GetProperty("status").GetString() + reason);
    }

    private static async Task<JsonElement> StatusAsync(TestGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/status");
        request.Headers.Add("X-Admin-Key", TestGateway.AdminKeyText);
        using HttpResponseMessage response = await gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
