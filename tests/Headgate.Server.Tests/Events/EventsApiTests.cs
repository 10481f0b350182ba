using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Events;

/// <summary>The event log as services meet it: over HTTP, through all policies.</summary>
public sealed class EventsApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_ThatArePublished_AreReadInOrder_FromAnyOffset()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        (int status, JsonElement body) = await events.PublishAsync(key, EventsGateway.Event("1"));
        Assert.Equal((202, false), (status, body.GetProperty("events")[0].GetProperty("duplicate").GetBoolean()));
        string id = body.GetProperty("events")[0].GetProperty("id").GetString()!;
        await events.PublishAsync(key, $"[{EventsGateway.Event("2")},{EventsGateway.Event("1")},{EventsGateway.Event("3", type: "user.created")}]", "application/cloudevents-batch+json");

        (_, JsonElement page) = await events.ReadAsync(key, "after=0");
        Assert.Equal(["1", "2", "3"], Producers(page));
        JsonElement first = page.GetProperty("events")[0];
        Assert.Equal((id, "/orders", "order.created", 1), (first.GetProperty("id").GetString(), first.GetProperty("source").GetString(), first.GetProperty("type").GetString(), first.GetProperty("data").GetProperty("n").GetInt32()));

        (_, page) = await events.ReadAsync(key, $"after={first.GetProperty("offset").GetString()}&limit=1");
        Assert.Equal(["2"], Producers(page));
        (_, page) = await events.ReadAsync(key, $"after={page.GetProperty("next").GetInt64()}");
        Assert.Equal(["3"], Producers(page));
        Assert.Equal(["3"], Producers((await events.ReadAsync(key, "type=user.*,none")).Body));
        Assert.Empty(Producers((await events.ReadAsync(key, "after=latest")).Body));
    }

    [Fact]
    public async Task Batch_WithABadEvent_LeavesNothing_AndTheErrorNamesIt()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        (int status, JsonElement problem) = await events.PublishAsync(key, $"[{EventsGateway.Event("1")},{{}}]", "application/cloudevents-batch+json");
        Assert.Equal((400, "urn:headgate:error:event-invalid"), (status, problem.GetProperty("type").GetString()));
        Assert.StartsWith("/1/", problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), StringComparison.Ordinal);
        Assert.Empty(Producers((await events.ReadAsync(key, "after=0")).Body));
    }

    [Fact]
    public async Task Reader_ThatWaits_IsAnsweredWhenAWantedEventComes()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        Task<(int Status, JsonElement Body)> waiting = events.ReadAsync(key, "after=0&wait=30&type=order.paid");
        await events.PublishAsync(key, EventsGateway.Event("1"));
        Assert.False(waiting.IsCompleted);
        await events.PublishAsync(key, EventsGateway.Event("2", type: "order.paid"));
        Assert.Equal(["2"], Producers((await waiting).Body));
        (int status, JsonElement nothing) = await events.ReadAsync(key, "after=2&wait=1");
        Assert.Equal((200, 0, 2), (status, nothing.GetProperty("events").GetArrayLength(), nothing.GetProperty("next").GetInt64()));
    }

    [Fact]
    public async Task Reader_ThatWaits_IsAnsweredWhenTheGatewayDrains()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        Task<(int Status, JsonElement Body)> waiting = events.ReadAsync(key, "after=0&wait=30");
        await Until.TrueAsync(() => events.Gateway.Host.Events.Log.Waiting == 1, "the reader waits");
        Assert.True(await events.Gateway.Host.StopAsync());
        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task Reader_ThatGoesAway_WaitsNoMore()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events?after=0&wait=30") { Headers = { { "X-API-Key", key } } };
        Task<HttpResponseMessage> waiting = events.Gateway.Client.SendAsync(request, gone.Token);
        await Until.TrueAsync(() => events.Gateway.Host.Events.Log.Waiting == 1, "the reader waits");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Until.TrueAsync(() => events.Gateway.Host.Events.Log.Waiting == 0, "nobody waits");
    }

    [Fact]
    public async Task Offset_BeyondTheEnd_IsRefused()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        (int status, JsonElement problem) = await events.ReadAsync(key, "after=7&wait=30");
        Assert.Equal((400, "urn:headgate:error:event-offset-unknown"), (status, problem.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=9999999999999999999")]
    [InlineData("wait=31")]
    [InlineData("limit=0")]
    [InlineData("type=*.created")]
    [InlineData("type=a,,b")]
    [InlineData("limit=%2B5")]
    [InlineData("wait=%201")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=1&limit=x")]
    [InlineData("after=1&after=x")]
    [InlineData("LIMIT=x&limit=0")]
    public async Task Query_ThatIsNotAsDeclared_Is400(string query)
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        Assert.Equal(400, (await events.ReadAsync(await events.KeyAsync(), query)).Status);
    }

    // JSON Schema, Validation §6.1.1: an integer is a number without a fraction, however it is written.
    [Theory]
    [InlineData("after=0&limit=2.0", 2)]
    [InlineData("after=0&limit=1e2&wait=0.0", 3)]
    public async Task Query_NumberInAnotherForm_IsTheSameNumber(string query, int count)
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string key = await events.KeyAsync();
        await events.PublishAsync(key, $"[{EventsGateway.Event("1")},{EventsGateway.Event("2")},{EventsGateway.Event("3")}]", "application/cloudevents-batch+json");
        Assert.Equal(count, Producers((await events.ReadAsync(key, query)).Body).Count());
    }

    [Fact]
    public async Task Callers_NeedAScopeForEach()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string writer = await events.KeyAsync(null, "events:write");
        string reader = await events.KeyAsync(null, "events:read");
        Assert.Equal(401, (await events.PublishAsync(null, EventsGateway.Event("1"))).Status);
        Assert.Equal(401, (await events.ReadAsync(null, "")).Status);
        Assert.Equal(403, (await events.PublishAsync(reader, EventsGateway.Event("1"))).Status);
        Assert.Equal(403, (await events.ReadAsync(writer, "")).Status);
        Assert.Equal(202, (await events.PublishAsync(writer, EventsGateway.Event("1"))).Status);
        Assert.Equal(200, (await events.ReadAsync(reader, "")).Status);
    }

    // A tenant can neither read nor write another's events, nor keep another's from being stored by taking its ids first.
    [Fact]
    public async Task Tenants_AreKeptApart()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        string acme = await events.KeyAsync("acme");
        string other = await events.KeyAsync("other");
        string service = await events.KeyAsync();
        Assert.Equal(202, (await events.PublishAsync(acme, EventsGateway.Event("1"))).Status);
        (_, JsonElement body) = await events.PublishAsync(other, EventsGateway.Event("1"));
        Assert.False(body.GetProperty("events")[0].GetProperty("duplicate").GetBoolean());
        Assert.Equal(403, (await events.PublishAsync(other, EventsGateway.Event("2", ",\"tenantid\":\"acme\""))).Status);
        Assert.Equal(403, (await events.ReadAsync(other, "", tenant: "acme")).Status);
        Assert.Equal(202, (await events.PublishAsync(service, EventsGateway.Event("3", ",\"tenantid\":\"acme\""))).Status);
        Assert.Equal(202, (await events.PublishAsync(service, EventsGateway.Event("4"))).Status);
        Assert.Equal(202, (await events.PublishAsync(service, EventsGateway.Event("5"), tenant: "other")).Status);

        Assert.Equal(["1", "3"], Producers((await events.ReadAsync(acme, "")).Body));
        Assert.Equal(["1", "5"], Producers((await events.ReadAsync(other, "")).Body));
        Assert.Equal(["1", "5"], Producers((await events.ReadAsync(service, "", tenant: "other")).Body));
        Assert.Equal(["1", "1", "3", "4", "5"], Producers((await events.ReadAsync(service, "")).Body));
    }

    [Fact]
    public async Task ServiceAccount_WithTheScope_Publishes()
    {
        await using EventsGateway events = await EventsGateway.StartAsync();
        JsonElement account = await events.Admin.SendAsync("POST", "/service-accounts", 201, new { name = "orders", scopes = new[] { "events:write" } });
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = account.GetProperty("clientId").GetString()!, ["client_secret"] = account.GetProperty("clientSecret").GetString()!,
        });
        using HttpResponseMessage issued = await events.Gateway.Client.PostAsync(new Uri("/oauth/token", UriKind.Relative), form, Stop);
        string token = JsonSerializer.Deserialize<JsonElement>(await issued.Content.ReadAsByteArrayAsync(Stop)).GetProperty("access_token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new StringContent(EventsGateway.Event("1"), null, "application/cloudevents+json"), Headers = { { "Authorization", $"Bearer {token}" } } };
        using HttpResponseMessage response = await events.Gateway.Client.SendAsync(request, Stop);
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Fact]
    public async Task Log_ThatNobodyAskedFor_IsNotThere()
    {
        await using EventsGateway events = await EventsGateway.StartAsync(isOn: false);
        Assert.Equal(404, (await events.ReadAsync(null, "")).Status);
    }

    [Fact]
    public async Task CloudEventsOfNpm_AreTaken_AndReadBack()
    {
        Assert.SkipUnless(NodeScript.Missing is null, NodeScript.Missing ?? "");
        await using EventsGateway events = await EventsGateway.StartAsync();
        await using NodeScript client = NodeScript.Start("cloudevents.mjs", new Uri(events.Gateway.Client.BaseAddress!, "/events").ToString(), await events.KeyAsync());
        JsonElement got = JsonSerializer.Deserialize<JsonElement>(await client.ReadLineAsync(Stop));
        Assert.All(got.GetProperty("sent").EnumerateObject(), sent => Assert.Equal(202, sent.Value.GetProperty("status").GetInt32()));
        Assert.Equal([false, false, true], got.GetProperty("sent").GetProperty("batch").GetProperty("events").EnumerateArray().Select(one => one.GetProperty("duplicate").GetBoolean()));

        JsonElement[] read = [.. got.GetProperty("read").EnumerateArray()];
        Assert.Equal(["binary", "structured", "text", "bytes", "b1", "b2"], read.Select(one => one.GetProperty("producerid").GetString()));
        Assert.All(read, one => Assert.Equal(("order.created", "ord_1", "2026-01-02T03:04:05.000Z"), (one.GetProperty("type").GetString(), one.GetProperty("subject").GetString(), one.GetProperty("time").GetString())));
        Assert.Equal(("Größe", "3", "x"), (read[0].GetProperty("data").GetProperty("name").GetString(), read[0].GetProperty("sampledrate").GetString(), read[0].GetProperty("comexample").GetString()));
        Assert.Equal(12.5, read[1].GetProperty("data").GetProperty("total").GetDouble());
        Assert.Equal("plain words", read[2].GetProperty("data").GetString());
        Assert.Equal([0, 1, 255], read[3].GetProperty("data").EnumerateArray().Select(one => one.GetInt32()));
    }

    private static IEnumerable<string?> Producers(JsonElement page) => page.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("producerid").GetString());
}
