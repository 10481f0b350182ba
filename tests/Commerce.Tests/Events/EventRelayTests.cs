using System.Text.Json.Nodes;
using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Events;
using Commerce.Shared.Tracing;
using Commerce.Tests.Support;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Commerce.Tests.Events;

/// <summary>How events get from a service's outbox to the log, whatever the log does.</summary>
public sealed class EventRelayTests : IAsyncLifetime
{
    private FakeEventLog _log = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await FakeEventLog.StartAsync();
        _shop = await Shop.StartAsync(options => options with { Events = _log.Address, Environment = name => name == "EVENT_LOG_KEY" ? "the-key" : null });
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Events_AreCloudEventsInABatch_WithTheKey()
    {
        var key = "";
        _log.Answer = (http, _) =>
        {
            key = http.Request.Headers["X-API-Key"].ToString();
            Assert.Equal("application/cloudevents-batch+json", http.Request.ContentType);
            return 202;
        };
        var id = await OrderAsync();
        await EmptyAsync();

        var told = Assert.Single(_log.Events);
        Assert.Equal("the-key", key);
        Assert.Equal(
            ("1.0", "/order-service", "order.created", id, "acme", "application/json"),
            (Text(told, "specversion"), Text(told, "source"), Text(told, "type"), Text(told, "subject"), Text(told, "tenantid"), Text(told, "datacontenttype")));
        Assert.Equal(id, (string?)told["data"]!["order"]!["id"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task LogThatDoesNotTakeThem_GetsThemLater_EachOnceAndInOrder(int status)
    {
        var failures = 0;
        _log.Answer = (_, _) => Interlocked.Increment(ref failures) <= 3 ? status : 202;
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await OrderAsync());
        await EmptyAsync();

        Assert.Equal(ids, _log.Events.Select(told => Text(told, "subject")));
        Assert.Equal(0, Count("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task AnswerThatIsLost_IsAnsweredByTheSameEventsUnderTheSameIds()
    {
        var seen = new List<string>();
        _log.Answer = (http, batch) =>
        {
            seen.AddRange(batch.Select(told => Text(told!, "id")));
            if (seen.Count == 1)
                http.Abort();
            return 202;
        };
        await OrderAsync();
        await EmptyAsync();

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task EventThatIsRefusedForGood_IsSetAsideWithTheReason_AndWhatComesAfterGoesOn()
    {
        // Nothing is taken until all three wait: the one that is refused stands between others in a batch.
        var isOpen = false;
        _log.Answer = (_, batch) => !isOpen ? 503 : batch.Any(told => Text(told!["data"]!["order"]!, "notes") == "bad") ? 400 : 202;
        var (first, bad, last) = (await OrderAsync(), await OrderAsync("bad"), await OrderAsync());
        isOpen = true;
        await EmptyAsync();

        Assert.Equal([first, last], _log.Events.Select(told => Text(told, "subject")));
        Assert.Equal(1, Count($"SELECT count(*) FROM outbox WHERE aggregate_id = '{bad}' AND refused LIKE '400: %'"));
    }

    [Fact]
    public async Task Backlog_LargerThanABatch_GoesInBatchesOfAHundredAtMost()
    {
        var isOpen = false;
        _log.Answer = (_, _) => isOpen ? 202 : 503;
        var ids = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => OrderAsync()));
        isOpen = true;
        await EmptyAsync();

        Assert.All(_log.Taken, batch => Assert.InRange(batch.Count, 1, 100));
        Assert.Equal(ids.Order(StringComparer.Ordinal), _log.Events.Select(told => Text(told, "subject")).Order(StringComparer.Ordinal));
        Assert.Equal(_log.Events.Select(told => Text(told, "time")).Order(StringComparer.Ordinal), _log.Events.Select(told => Text(told, "time")));
    }

    [Fact]
    public async Task Stop_WithALogThatIsDown_IsSwift_AndTheNextStartSendsWhatIsLeft()
    {
        _log.Answer = (_, _) => 503;
        var id = await OrderAsync();
        await Until.TrueAsync(() => _log.Requests >= 2, "it is tried again");

        await _shop.RestartAsync(() =>
        {
            Assert.Equal(1, Count("SELECT count(*) FROM outbox"));
            _log.Answer = (_, _) => 202;
        });
        await EmptyAsync();

        Assert.Equal(id, Text(Assert.Single(_log.Events), "subject"));
    }

    [Fact]
    public async Task RequestThatIsReplayedOrRefused_PublishesNothing()
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        var (order, key) = (Requests.Order("user-alice", ("product1", 1)), Requests.Key("once"));
        (await alice.PostAsync("/orders", order, key)).Expect(201);
        Assert.True((await alice.PostAsync("/orders", order, key)).Expect(201).Replayed);
        (await alice.PostAsync("/orders", Requests.Order("user-alice", ("no-such-product", 1)))).Expect(422);
        await EmptyAsync();

        Assert.Single(_log.Events);
    }

    [Fact]
    public async Task ShopWithoutALog_KeepsNoEvents()
    {
        await using var shop = await Shop.StartAsync();
        (await (await shop.AsAsync("alice", "order-service")).PostAsync("/orders", Requests.Order("user-alice", ("product1", 1)))).Expect(201);
        Assert.Equal(0, Count("SELECT count(*) FROM outbox", shop));
    }

    [Fact]
    public async Task Outbox_ThatCannotBeWritten_IsSentAgainWhenItCan_WithoutAnotherEvent()
    {
        var calls = 0;
        _log.Answer = (_, _) =>
        {
            if (Interlocked.Increment(ref calls) <= 2)
                Change(calls == 1 ? "CREATE TRIGGER broken BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'broken'); END" : "DROP TRIGGER broken");
            return 202;
        };
        await OrderAsync();
        await EmptyAsync();
        Assert.Equal(2, calls);
    }

    // Of a hundred that are sent one by one, each may take seconds.
    [Fact]
    public async Task Stop_WhileEventsAreSentOneByOne_WaitsForTheOneThatIsUnderWay()
    {
        var folder = Directory.CreateTempSubdirectory("commerce-relay-");
        using var database = new Database(Path.Combine(folder.FullName, "outbox.db"), OutboxTable.Schema);
        await database.WriteAsync(
            connection =>
            {
                for (var i = 0; i < 5; i++)
                    OutboxTable.Insert(connection, new OutboxRow { Id = $"e{i}", Type = "order.created", Payload = "{}" });
                return 0;
            },
            TestContext.Current.CancellationToken);
        using var tracing = new ServiceTracing("relay", null);
        using var loggers = new CollectingLoggers();
        using var log = new EventLogClient(new HttpClientFactory(tracing, loggers, TimeProvider.System), _log.Address, new EventLogKey(_shop.Options));
        using var relay = new EventRelay("order-service", database, log, TimeProvider.System, loggers.CreateLogger<EventRelay>());
        using var stopping = new CancellationTokenSource();
        var alone = 0;
        _log.Answer = (_, batch) =>
        {
            if (batch.Count > 1)
                return 400;
            alone++;
            stopping.Cancel();
            return 202;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => relay.RunAsync(stopping.Token));

        Assert.Equal(1, alone);
        Assert.Equal(4, database.Read(connection => connection.ExecuteScalar<int>("SELECT count(*) FROM outbox")));
        folder.Delete(recursive: true);
    }

    private async Task<string> OrderAsync(string? notes = null)
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        var order = new { userId = "user-alice", items = new[] { new { productId = "product1", quantity = 1 } }, shippingAddress = Requests.Address, notes };
        return (await alice.PostAsync("/orders", order)).Expect(201).Id;
    }

    private Task EmptyAsync() => Until.TrueAsync(() => Count("SELECT count(*) FROM outbox WHERE refused IS NULL") == 0, "the outbox is empty");

    private int Count(string sql, Shop? shop = null) => DatabaseReader.Read(FileOf(shop ?? _shop), connection => connection.ExecuteScalar<int>(sql));

    private void Change(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FileOf(_shop), DefaultTimeout = 10, Pooling = false }.ToString());
        connection.Open();
        connection.Execute(sql);
    }

    private static string FileOf(Shop shop) => Path.Combine(shop.Options.DataDirectory, "order-service.db");

    private static string Text(JsonNode node, string member) => (string?)node[member] ?? "";
}
