using Microsoft.AspNetCore.WebUtilities;

namespace Commerce.Tests.Support;

/// <summary>For each service a course of calls that visits every operation of its document, good and bad.</summary>
internal static class ContractScenarios
{
    public static async Task<IReadOnlyCollection<string>> RunAsync(Shop shop, string service)
    {
        var admin = await shop.AsAsync("acme-admin", service);
        var anonymous = shop.Anonymous(service);
        var key = shop.Service(service);
        Api[] callers = [admin, anonymous, key];
        switch (service)
        {
            case "user-service":
                await UsersAsync(admin, anonymous);
                await IdentityAsync(Application.CommandLine(shop) with { Api = anonymous });
                break;
            case "product-service": await ProductsAsync(admin, anonymous); break;
            case "inventory-service": await InventoryAsync(admin, anonymous); break;
            case "order-service": await OrdersAsync(shop, admin, key); break;
            case "payment-service": await PaymentsAsync(admin); break;
            case "notification-service": await NotificationsAsync(admin); break;
            case "payment-provider": callers = [anonymous, await ChargesAsync(shop.PaymentProvider())]; break;
            case "email-provider": callers = [anonymous, await EmailAsync(shop.EmailProvider())]; break;
            default: callers = [anonymous, await SmsAsync(shop.SmsProvider())]; break;
        }

        await anonymous.GetAsync("/health");
        return [.. callers.SelectMany(caller => caller.Seen)];
    }

    private static async Task UsersAsync(Api admin, Api anonymous)
    {
        var login = await anonymous.PostAsync("/auth/login", new { username = "dave", password = "dave-password" });
        await anonymous.PostAsync("/auth/refresh", null, ("Cookie", login.Header("Set-Cookie").Split(';')[0]));
        await anonymous.PostAsync("/auth/login", new { username = "dave" });
        var created = await anonymous.PostAsync("/users", Requests.User(Unique()));
        await admin.GetAsync("/users");
        await admin.GetAsync(created.Header("Location"));
        await admin.PatchAsync(created.Header("Location"), new { email = $"{Unique()}@example.com" });
        await anonymous.GetAsync("/.well-known/jwks.json");
    }

    private static async Task IdentityAsync(Application application)
    {
        var browser = new Browser(application.Api);
        var code = application.Back(await browser.SignInAsync(application.AuthorizePath(), "dave"))["code"];
        var tokens = await application.RedeemAsync(code);
        var bearer = ("Authorization", $"Bearer {tokens.Text("access_token")}");
        await application.Api.GetAsync("/identity/userinfo", bearer);
        await application.Api.PostAsync("/identity/userinfo", null, bearer);
        await application.RevokeAsync(tokens.Text("refresh_token"));
        var query = application.AuthorizePath().Split('?')[1];
        await browser.PostAsync("/identity/authorize", QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
        await browser.PostAsync("/identity/logout", Browser.FormOf(await browser.GetAsync("/identity/logout")));
        await application.Api.GetAsync("/identity/.well-known/openid-configuration");
        await application.Api.GetAsync("/identity/jwks.json");
    }

    private static async Task ProductsAsync(Api admin, Api anonymous)
    {
        foreach (var (list, body) in new (string, object)[]
        {
            ("/categories", new { name = Unique() }),
            ("/products", new { name = Unique(), categoryId = "toys", price = new { amount = 3, currency = "GBP" }, tags = new[] { "new" } }),
        })
        {
            var created = await admin.PostAsync(list, body);
            var path = created.Header("Location");
            await anonymous.GetAsync(list);
            await anonymous.GetAsync(path);
            await admin.PatchAsync(path, new { description = "changed" }, ("If-Match", created.Header("ETag")));
            await admin.DeleteAsync(path);
            await admin.DeleteAsync(path, ("If-Match", "*"));
        }

        await anonymous.PostAsync("/products/validate", new { productIds = new[] { "product1" } });
        await admin.GetAsync("/products/recommendations");
    }

    private static async Task InventoryAsync(Api admin, Api anonymous)
    {
        var product = Unique();
        await admin.PatchAsync($"/inventory/{product}", new { onHand = 3 });
        await anonymous.GetAsync($"/inventory/{product}");
        await anonymous.GetAsync("/inventory?size=3");
        var reserved = await admin.PostAsync("/inventory/reserve", new { items = new[] { new { productId = product, quantity = 2 } } });
        await admin.GetAsync(reserved.Header("Location"));
        await admin.PostAsync("/inventory/release", new { reservationId = reserved.Id });
    }

    private static async Task OrdersAsync(Shop shop, Api admin, Api key)
    {
        var (first, second) = (await PlaceAsync(admin), await PlaceAsync(admin));
        await admin.GetAsync("/orders?status=PENDING&sort=-total");
        await admin.GetAsync(first);
        await admin.PostAsync($"{first}/pay", new { paymentMethod = new { cardNumber = "4242424242424242" } });
        await admin.PatchAsync(first, new { status = "PROCESSING", reason = "packed" });
        await admin.PostAsync($"{second}/cancel");
        var quote = await admin.PostAsync("/orders/quote", new { items = new[] { new { productId = "product2", quantity = 1 } }, shippingAddress = Requests.Address });
        var third = (await admin.PostAsync($"/orders/{quote.Text("orderId")}/place")).Header("Location");
        var payment = await (await shop.AsAsync("acme-admin", "payment-service")).PostAsync("/payments", new { orderId = quote.Text("orderId"), amount = quote.Body!["total"] });
        await admin.PostAsync($"{third}/confirm", new { paymentId = payment.Id });
        await key.GetAsync("/internal/orders/user/user-acme-admin");
        await admin.GetAsync("/customers/user-acme-admin/orders");
    }

    private static async Task<string> PlaceAsync(Api admin) => (await admin.PostAsync("/orders", new
    {
        userId = "user-acme-admin",
        items = new[] { new { productId = "product1", quantity = 1, metadata = new { gift = true } } },
        shippingAddress = Requests.Address,
        billingAddress = Requests.Address,
        notes = "ring twice",
    })).Header("Location");

    private static async Task PaymentsAsync(Api admin)
    {
        var created = await admin.PostAsync("/payments", new { orderId = Unique(), amount = new { amount = 7.5, currency = "EUR" } });
        await admin.GetAsync("/payments");
        await admin.GetAsync(created.Header("Location"));
        await admin.GetAsync($"{created.Header("Location")}/status");
        await admin.PostAsync($"{created.Header("Location")}/refund", new { reason = "test" });
        var aside = await admin.PostAsync("/payments/authorize", new { orderId = Unique(), amount = new { amount = 7.5, currency = "EUR" } });
        await admin.PostAsync($"{aside.Header("Location")}/capture");
    }

    private static async Task NotificationsAsync(Api admin)
    {
        var sent = await admin.PostAsync("/notifications", new { userId = "user-acme-admin", channel = "EMAIL", recipient = "a@example.com", subject = "s", message = "m" });
        await admin.GetAsync("/notifications");
        await admin.GetAsync(sent.Header("Location"));
        await admin.PatchAsync(sent.Header("Location"), new { read = true });
    }

    private static async Task<Api> ChargesAsync(Api provider)
    {
        var charge = await provider.PostAsync("/charges", new { amount = 1000, currency = "USD", metadata = new { } });
        await provider.GetAsync(charge.Header("Location"));
        await provider.PostAsync($"{charge.Header("Location")}/refund", new { amount = 300 });
        await provider.PostAsync("/charges", new { amount = 1, currency = "USD", source = new { card = "4000000000000119" } });
        var (kept, dropped) = (await IntentAsync(provider), await IntentAsync(provider));
        await provider.GetAsync(kept);
        await provider.PostAsync($"{kept}/capture");
        await provider.PostAsync($"{dropped}/cancel");
        return provider;
    }

    private static async Task<string> IntentAsync(Api provider) =>
        (await provider.PostAsync("/intents", new { amount = 500, currency = "JPY" })).Header("Location");

    private static async Task<Api> EmailAsync(Api provider)
    {
        await provider.PostAsync("/send", new { to = "a@example.com", from = "b@example.com", subject = "s", html = "h" });
        await provider.PostAsync("/send-template", new { to = "a@example.com", from = "b@example.com", template_id = "welcome", variables = new { name = "A" } });
        await provider.GetAsync("/messages");
        return provider;
    }

    private static async Task<Api> SmsAsync(Api provider)
    {
        await provider.PostAsync("/messages", new { to = "+15005550009", from = "+15005550006", body = "b" });
        await provider.GetAsync("/messages");
        return provider;
    }

    private static string Unique() => $"c{Guid.NewGuid():N}"[..20];
}
