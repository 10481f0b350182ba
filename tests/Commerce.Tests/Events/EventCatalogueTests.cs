using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests.Events;

/// <summary>What happens in the shop is told in the gateway's event log, and those who read it act on it once.</summary>
public sealed class EventCatalogueTests : IAsyncLifetime
{
    private ShopWithLog _both = null!;

    private Shop Shop => _both.Shop;

    public async ValueTask InitializeAsync() => _both = await ShopWithLog.StartAsync();

    public ValueTask DisposeAsync() => _both.DisposeAsync();

    [Fact]
    public async Task Events_OfEachTypeOfTheCatalogue_ArePublishedInTheReferencesShape()
    {
        var order = await BuyAsync("alice", ("product1", 2));
        (await (await Shop.AsAsync("alice", "inventory-service")).PostAsync("/inventory/reserve", Requests.Order("user-alice", ("product2", 1)))).Expect(201);
        var user = (await Shop.Anonymous("user-service").PostAsync("/users", Requests.User("newcomer"))).Expect(201);
        (await Shop.Service("user-service").PatchAsync($"/users/{user.Id}", new { email = "moved@example.com", roles = new[] { "user", "tester" } })).Expect(200);
        await _both.SettledAsync();

        var events = await _both.EventsAsync();

        Assert.Equal(
            ["inventory.reserved", "notification.sent", "order.created", "order.status_changed", "payment.processed", "user.created", "user.updated"],
            events.Select(told => (string)told["type"]!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(events, AssertShape);
        AssertData(events, "order.created", order, data => Assert.Equal((order, "PENDING"), ((string?)data["order"]!["id"], (string?)data["order"]!["status"])));
        AssertData(events, "order.status_changed", order, data => Assert.Equal(
            (order, "PENDING", "CONFIRMED"), ((string?)data["orderId"], (string?)data["previousStatus"], (string?)data["newStatus"])));
        AssertData(events, "user.created", user.Id, data => Assert.Equal("newcomer", (string?)data["user"]!["username"]));
        AssertData(events, "user.updated", user.Id, data =>
        {
            Assert.Equal(user.Id, (string?)data["userId"]);
            Assert.Equal("""{"email":"moved@example.com","roles":["user","tester"]}""", data["changes"]!.ToJsonString());
        });
    }

    [Fact]
    public async Task Events_OfOneOrder_AreInTheOrderInWhichTheyHappened()
    {
        var orders = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => BuyAsync("bob", ("product3", 1))));
        await Task.WhenAll(orders.Select(async order => (await (await Shop.AsAsync("bob", "order-service")).PostAsync($"/orders/{order}/cancel")).Expect(200)));
        await _both.SettledAsync();

        var events = await _both.EventsAsync();

        Assert.All(orders, order => Assert.Equal(
            ["order.created", "CONFIRMED", "CANCELLED"],
            events.Where(told => (string?)told["subject"] == order).Select(told => (string?)told["data"]!["newStatus"] ?? (string)told["type"]!)));
    }

    [Fact]
    public async Task Notifications_OnePerEvent_AlsoWhenTheServiceReadsThemAgain()
    {
        await BuyAsync("alice", ("product4", 1));
        await _both.SettledAsync();
        var reacted = (await _both.EventsAsync()).Count(told => (string?)told["type"] is "order.created" or "order.status_changed" or "payment.processed");
        Assert.Equal(3, reacted);
        Assert.Equal(reacted, _both.Count("notification-service", "SELECT count(*) FROM notifications WHERE status = 'SENT'"));

        // It has forgotten how far it was, and nothing else.
        await Shop.RestartAsync(() => Shop.Write("notification-service", "DELETE FROM event_consumers"));
        await _both.SettledAsync();

        Assert.Equal(reacted, _both.Count("notification-service", "SELECT count(*) FROM notifications"));
        var sent = (await Shop.EmailProvider().GetAsync("/messages?to=alice@acme.example")).Expect(200);
        Assert.Equal(reacted, sent.Body!["totalElements"]!.GetValue<int>());
        Assert.Equal(reacted, (await _both.EventsAsync()).Count(told => (string?)told["type"] == "notification.sent"));
    }

    [Fact]
    public async Task Notification_ToAnAddressThatNeverWorks_IsGivenUp_AndTheNextGoesOut()
    {
        (await Shop.Anonymous("user-service").PostAsync("/users", Body("unreachable", "fail@example.com"))).Expect(201);
        (await Shop.Anonymous("user-service").PostAsync("/users", Body("reachable", "reachable@example.com"))).Expect(201);
        await _both.SettledAsync();

        Assert.Equal(1, _both.Count("notification-service", "SELECT count(*) FROM notifications WHERE status = 'FAILED' AND recipient = 'fail@example.com'"));
        Assert.Equal(1, _both.Count("notification-service", "SELECT count(*) FROM notifications WHERE status = 'SENT' AND recipient = 'reachable@example.com'"));
    }

    private async Task<string> BuyAsync(string user, params (string, int)[] items)
    {
        var api = await Shop.AsAsync(user, "order-service");
        var order = (await api.PostAsync("/orders", Requests.Order($"user-{user}", items))).Expect(201).Id;
        (await api.PostAsync($"/orders/{order}/pay")).Expect(200);
        return order;
    }

    private static object Body(string username, string email) => new
    {
        username,
        email,
        password = "correct horse battery",
        profile = new { firstName = "Test", lastName = "Person" },
    };

    // DomainEvent and EventEnvelope of the reference: their members, under the names that the log gives them.
    private static void AssertShape(JsonNode told)
    {
        var data = told["data"]!;
        Assert.Equal(((string?)told["type"], (string?)told["producerid"], (string?)told["subject"], (string?)told["time"]),
            ((string?)data["eventType"], (string?)data["eventId"], (string?)data["aggregateId"], (string?)data["timestamp"]));
        Assert.Equal((1, "acme"), (data["version"]!.GetValue<int>(), (string?)told["tenantid"]));
        Assert.NotNull(told["correlationid"]);
        Assert.NotNull(told["causationid"]);
        Assert.Equal(((string)told["type"]!).Split('.')[0], (string?)told["aggregatetype"]);
    }

    private static void AssertData(IReadOnlyList<JsonNode> events, string type, string subject, Action<JsonNode> check) =>
        check(Assert.Single(events, told => (string?)told["type"] == type && (string?)told["subject"] == subject)["data"]!);
}
