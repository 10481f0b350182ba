using Commerce.Tests.Support;

namespace Commerce.Tests;

public class TenantIsolationTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task EveryResourceOfOneTenant_ForTheOther_DoesNotExistAndIsNotListed()
    {
        var resources = await MakeAsync();

        foreach (var stranger in new[] { "carol", "globex-admin" })
        {
            foreach (var (service, list, path) in resources)
            {
                var api = await _shop.AsAsync(stranger, service);
                (await api.GetAsync(path)).Expect(404);
                var listed = await api.GetAsync($"{list}?size=100");
                if (listed.Status != 403)
                    Assert.DoesNotContain("acme", Tenants(listed.Expect(200), service), StringComparer.Ordinal);
            }
        }
    }

    [Fact]
    public async Task TokenOfOneTenant_WithTheOthersHeader_StaysInItsOwn()
    {
        var (_, _, path) = (await MakeAsync())[0];
        var carol = await _shop.AsAsync("globex-admin", "order-service", ("X-Tenant-ID", "acme"), ("X-User-ID", "user-alice"));

        (await carol.GetAsync(path)).Expect(404);
        (await carol.PostAsync($"{path}/cancel")).Expect(404);
        (await carol.PostAsync($"{path}/pay")).Expect(404);
        (await carol.PatchAsync(path, new { status = "CONFIRMED" })).Expect(404);
    }

    [Fact]
    public async Task IdentityHeaders_WithoutTheServiceKey_AreNotBelieved()
    {
        var nobody = _shop.Anonymous("order-service", ("X-Tenant-ID", "acme"), ("X-User-ID", "user-alice"));

        (await nobody.GetAsync("/orders")).Expect(401);
    }

    [Fact]
    public async Task ServiceKey_OnBehalfOfAUser_SeesWhatThatUserSees()
    {
        var (_, _, path) = (await MakeAsync())[0];

        (await _shop.Service("order-service", "acme", "user-alice").GetAsync(path)).Expect(200);
        (await _shop.Service("order-service", "acme", "user-bob").GetAsync(path)).Expect(404);
        (await _shop.Service("order-service", "globex").GetAsync(path)).Expect(404);
        (await _shop.Service("order-service", tenant: null).GetAsync(path)).Expect(400);
    }

    [Fact]
    public async Task ServiceKey_OnBehalfOfAUser_MayDoWhatThatUserMayAndNoMore()
    {
        var resources = await MakeAsync();
        var (order, payment) = (resources[0], resources[1]);

        (await _shop.Service("payment-service", "acme", "user-alice").PostAsync($"{payment.Path}/refund")).Expect(403);
        (await _shop.Service("order-service", "acme", "user-alice").PatchAsync(order.Path, new { status = "PROCESSING" })).Expect(403);
        (await _shop.Service("user-service", "acme", "user-alice").GetAsync("/users")).Expect(403);
        var signUp = Requests.User($"u{Guid.NewGuid():N}"[..20], "admin");
        Assert.Equal("""["user"]""", (await _shop.Service("user-service").PostAsync("/users", signUp)).Expect(201).Body!["roles"]!.ToJsonString());
    }

    // Alice of acme orders, pays and is written to; each resource with its service, list and path.
    private async Task<IReadOnlyList<(string Service, string List, string Path)>> MakeAsync()
    {
        var alice = await _shop.AsAsync("alice", "order-service");
        var order = (await alice.PostAsync("/orders", Requests.Order("user-alice", ("product9", 1)))).Expect(201).Header("Location");
        var payment = (await alice.PostAsync($"{order}/pay")).Expect(200).Text("paymentId");
        var notification = (await _shop.Service("notification-service").PostAsync("/notifications",
            new { userId = "user-alice", channel = "EMAIL", recipient = "alice@acme.example", subject = "s", message = "m" })).Expect(201).Header("Location");
        return
        [
            ("order-service", "/orders", order),
            ("payment-service", "/payments", $"/payments/{payment}"),
            ("notification-service", "/notifications", notification),
            ("user-service", "/users", "/users/user-alice"),
        ];
    }

    // Which tenant each listed entry belongs to, told by its user: acme's seeded users are known by name.
    private static IEnumerable<string> Tenants(Reply list, string service) => list.Body!["content"]!.AsArray().Select(entry =>
        (service == "user-service" ? entry!["id"] : entry!["userId"])!.GetValue<string>() is "user-alice" or "user-bob" or "user-acme-admin" ? "acme" : "globex");
}
