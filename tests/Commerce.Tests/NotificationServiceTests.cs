using Commerce.Tests.Support;

namespace Commerce.Tests;

public class NotificationServiceTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Send_Email_ReachesTheProviderAndIsListedForTheUser()
    {
        var to = Address();
        var sent = (await Sender().PostAsync("/notifications", Email(to))).Expect(201);

        Assert.Equal(("SENT", false), (sent.Text("status"), sent.Body!["read"]!.GetValue<bool>()));
        var outbox = (await _shop.EmailProvider().GetAsync($"/messages?to={to}")).Expect(200).Body!["content"]!.AsArray();
        Assert.Equal(sent.Text("providerMessageId"), Assert.Single(outbox)!["id"]!.GetValue<string>());
        Assert.Equal("shop@commerce.example", outbox[0]!["from"]!.GetValue<string>());
        var bob = await _shop.AsAsync("bob", "notification-service");
        (await bob.PatchAsync(sent.Header("Location"), new { read = true })).Expect(200);
        var unread = (await bob.GetAsync("/notifications?read=false&size=100")).Expect(200).Body!["content"]!.AsArray();
        Assert.DoesNotContain(sent.Id, unread.Select(entry => entry!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Send_Template_IsRenderedByTheProvider()
    {
        var to = Address();
        (await Sender().PostAsync("/notifications", new
        {
            userId = "user-bob",
            channel = "EMAIL",
            recipient = to,
            subject = "confirmed",
            templateId = "order-confirmation",
            variables = new { orderId = "ord_1", total = "12.00 USD" },
        })).Expect(201);

        var message = (await _shop.EmailProvider().GetAsync($"/messages?to={to}")).Body!["content"]![0]!;
        Assert.Equal("Your order ord_1", message["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task Send_Sms_ReachesTheProvider()
    {
        var to = $"+1{Random.Shared.NextInt64(1_000_000_000, 9_999_999_999)}";
        (await Sender().PostAsync("/notifications", Sms(to))).Expect(201);

        var message = (await _shop.SmsProvider().GetAsync($"/messages?to={Uri.EscapeDataString(to)}")).Expect(200).Body!["content"]![0]!;
        Assert.Equal(("your parcel", "+15005550006"), (message["body"]!.GetValue<string>(), message["from"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("EMAIL", "reject@example.com", null, "EMAIL_SEND_ERROR")]
    [InlineData("EMAIL", "someone@example.com", "no-such-template", "EMAIL_TEMPLATE_ERROR")]
    [InlineData("SMS", "+15005550001", null, "SMS_SEND_ERROR")]
    public async Task Send_ProviderRefuses_HasTheIntegrationsCodeAndIsStoredAsFailed(string channel, string recipient, string? templateId, string code)
    {
        var user = $"user-{Guid.NewGuid():N}";
        var body = new { userId = user, channel, recipient, subject = "s", templateId, message = templateId is null ? "m" : null };

        Assert.Equal(code, (await Sender().PostAsync("/notifications", body)).Expect(502).ErrorCode);

        var stored = (await Sender().GetAsync($"/notifications?userId={user}")).Expect(200).Body!["content"]![0]!;
        Assert.Equal(("FAILED", code), (stored["status"]!.GetValue<string>(), stored["failureCode"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Send_ProviderFailed_RepeatedUnderItsKeyIsSentOnce()
    {
        var key = Requests.Key(Guid.NewGuid().ToString());
        (await Sender().PostAsync("/notifications", Email("fail@example.com"), key)).Expect(502);
        var to = Address();
        var okay = Requests.Key(Guid.NewGuid().ToString());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sender().PostAsync("/notifications", Email(to), okay)));

        Assert.All(replies, reply => Assert.True(reply.Status is 201 or 409));
        Assert.Single(replies.Where(reply => reply.Status == 201).Select(reply => reply.Id).Distinct());
        Assert.Equal(1, (await _shop.EmailProvider().GetAsync($"/messages?to={to}")).Body!["totalElements"]!.GetValue<int>());
        Assert.False((await Sender().PostAsync("/notifications", Email("fail@example.com"), key)).Expect(502).Replayed);
    }

    [Fact]
    public async Task Send_ByAnOrdinaryUser_IsForbidden() =>
        (await (await _shop.AsAsync("bob", "notification-service")).PostAsync("/notifications", Email(Address()))).Expect(403);

    [Fact]
    public async Task Send_BadBody_NamesAllThatIsWrong()
    {
        var reply = (await Sender().PostAsync("/notifications", new { userId = "u", channel = "SMS", recipient = "call me", message = "m", templateId = "t" })).Expect(400);

        Assert.Equal(["/recipient", "", "/templateId"], reply.Body!["error"]!["details"]!["fields"]!.AsArray().Select(field => field!["pointer"]!.GetValue<string>()));
    }

    private static string Address() => $"{Guid.NewGuid():N}@example.com";

    private static object Email(string recipient) => new { userId = "user-bob", channel = "EMAIL", recipient, subject = "hello", message = "<p>hello</p>" };

    private static object Sms(string recipient) => new { userId = "user-bob", channel = "SMS", recipient, message = "your parcel" };

    private Api Sender() => _shop.Service("notification-service");
}
