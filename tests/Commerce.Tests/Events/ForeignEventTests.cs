using System.Text;
using Commerce.Shared.Data;
using Commerce.Tests.Support;
using Dapper;

namespace Commerce.Tests.Events;

/// <summary>Whoever has a key may publish events that are called as the shop's own are. What they say must not keep the shop from its own.</summary>
public sealed class ForeignEventTests : IAsyncLifetime
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 50)) + string.Concat(Enumerable.Repeat("]", 50));

    private static readonly string[] Strangers =
    [
        // Of no tenant, and of one that there is not.
        Event("order.created", "ord_1", OrderOf("ord_1", "user-alice"), tenant: null),
        Event("order.created", "ord_2", OrderOf("ord_2", "user-alice"), tenant: "nowhere"),
        // Of users whose names are other paths.
        Event("order.created", "ord_3", OrderOf("ord_3", "")),
        Event("order.created", "ord_4", OrderOf("ord_4", ".")),
        Event("order.created", "ord_5", OrderOf("ord_5", "../users")),
        // With an id that no header can carry.
        Event("order.created", "ord_6", OrderOf("ord_6", "user-nobody"), more: """, "correlationid": "caf\u00e9" """),
        // That say a thing twice, or are deep, or say nothing.
        Event("order.created", "ord_7", """{ "order": 1, "order": 2 }"""),
        Event("order.created", "ord_8", $$"""{ "order": {{Deep}} }"""),
        Event("order.status_changed", "ord_9", "null"),
        """{ "specversion": "1.0", "id": "stranger-10", "source": "/elsewhere", "type": "order.created", "subject": "ord_10", "tenantid": "acme" }""",
    ];

    private ShopWithLog _both = null!;

    public async ValueTask InitializeAsync() => _both = await ShopWithLog.StartAsync();

    public ValueTask DisposeAsync() => _both.DisposeAsync();

    [Fact]
    public async Task EventsOfStrangers_KeepNobodyFromTheirs()
    {
        await PublishAsync(Strangers);

        var order = await OrderAsync("alice");
        await _both.SettledAsync();

        Assert.Equal(1, _both.Count("notification-service", $"SELECT count(*) FROM notifications WHERE status = 'SENT' AND message LIKE '%{order}%'"));
        Assert.Equal(1, _both.Count("order-service", $"SELECT count(*) FROM customer_orders WHERE order_id = '{order}'"));
        var (exitCode, output) = await _both.CompareHistoryAsync(await _both.ReplayAsync());
        Assert.True(exitCode == 0, output);
    }

    // Its subject is free, and what it speaks of is somebody's.
    [Fact]
    public async Task EventAboutAnotherSubjectsOrder_ChangesNothingOfIt()
    {
        var order = await OrderAsync("alice");
        await _both.SettledAsync();

        await PublishAsync([Event("order.created", "ord_free", OrderOf(order, "user-carol"), tenant: "globex")]);
        await _both.SettledAsync();

        Assert.Equal("acme/user-alice", DatabaseReader.Read(Path.Combine(_both.Shop.Options.DataDirectory, "order-service.db"), connection =>
            connection.ExecuteScalar<string>("SELECT tenant_id || '/' || user_id FROM customer_orders WHERE order_id = @order", new { order })));
    }

    private async Task<string> OrderAsync(string user) =>
        (await (await _both.Shop.AsAsync(user, "order-service")).PostAsync("/orders", Requests.Order($"user-{user}", ("product1", 1)))).Expect(201).Id;

    private async Task PublishAsync(string[] events)
    {
        using var log = new HttpClient();
        log.DefaultRequestHeaders.Add("X-API-Key", await File.ReadAllTextAsync(EventKey.FileIn(_both.Shop.Options.DataDirectory), TestContext.Current.CancellationToken));
        using var batch = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/cloudevents-batch+json");
        using var answer = await log.PostAsync(new Uri(_both.Gateway.Clients, "/events"), batch, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Event(string type, string subject, string data, string? tenant = "acme", string more = "") =>
        $$"""
        { "specversion": "1.0", "id": "stranger-{{subject}}", "source": "/elsewhere", "type": "{{type}}", "subject": "{{subject}}", "datacontenttype": "application/json",
          {{(tenant is null ? "" : $"\"tenantid\": \"{tenant}\",")}} "data": {{data}} {{more}} }
        """;

    private static string OrderOf(string id, string user) =>
        $$"""
        { "eventId": "e", "eventType": "order.created", "aggregateId": "{{id}}", "timestamp": "2026-01-01T00:00:00.000Z", "version": 1,
          "order": { "id": "{{id}}", "userId": "{{user}}", "items": [], "status": "PENDING", "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z",
            "shippingAddress": { "street": "s", "city": "c", "postalCode": "p", "country": "US" }, "billingAddress": { "street": "s", "city": "c", "postalCode": "p", "country": "US" },
            "subtotal": { "amount": 1, "currency": "USD" }, "tax": { "amount": 0, "currency": "USD" }, "shipping": { "amount": 0, "currency": "USD" }, "total": { "amount": 1, "currency": "USD" },
            "_links": { "self": "/orders/{{id}}" } } }
        """;
}
