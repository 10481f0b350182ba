using Commerce.Tests.Support;

namespace Commerce.Tests;

public class UserUpdateTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Update_ByTheUser_ChangesWhatIsNamedAndNothingElse()
    {
        var (id, self) = await SignUpAsync();

        var moved = (await self.PatchAsync($"/users/{id}", new { email = $"{id}@moved.example" })).Expect(200);
        var renamed = (await self.PatchAsync($"/users/{id}", new { profile = new { firstName = "New", lastName = "Name" } })).Expect(200);

        Assert.Equal(($"{id}@moved.example", "Test"), (moved.Text("email"), moved.Body!["profile"]!["firstName"]!.GetValue<string>()));
        Assert.Equal(($"{id}@moved.example", "New", "ACTIVE"), (renamed.Text("email"), renamed.Body!["profile"]!["firstName"]!.GetValue<string>(), renamed.Text("status")));
    }

    [Fact]
    public async Task Update_OfStatusAndRoles_IsForAdministrators()
    {
        var (id, self) = await SignUpAsync();
        (await self.PatchAsync($"/users/{id}", new { roles = new[] { "admin" } })).Expect(403);
        (await self.PatchAsync($"/users/{id}", new { status = "SUSPENDED" })).Expect(403);

        var admin = await _shop.AsAsync("acme-admin", "user-service");
        Assert.Equal("SUSPENDED", (await admin.PatchAsync($"/users/{id}", new { status = "SUSPENDED" })).Expect(200).Text("status"));
    }

    [Fact]
    public async Task Update_OfSomebodyElse_IsRefused()
    {
        var (id, _) = await SignUpAsync();
        (await (await _shop.AsAsync("bob", "user-service")).PatchAsync($"/users/{id}", new { email = "mine@example.com" })).Expect(403);
        (await (await _shop.AsAsync("globex-admin", "user-service")).PatchAsync($"/users/{id}", new { status = "DELETED" })).Expect(404);
        (await _shop.Anonymous("user-service").PatchAsync($"/users/{id}", new { email = "mine@example.com" })).Expect(401);
    }

    [Fact]
    public async Task Update_ThatCannotBe_IsRefusedAndChangesNothing()
    {
        var (id, self) = await SignUpAsync();
        var before = (await self.GetAsync($"/users/{id}")).Expect(200).Content;
        (await self.PatchAsync($"/users/{id}", new { })).Expect(400);
        (await self.PatchAsync($"/users/{id}", new { email = "none" })).Expect(400);
        (await self.PatchAsync($"/users/{id}", new { profile = new { firstName = "", lastName = "Name" } })).Expect(400);
        Assert.Equal("USER_EXISTS", (await self.PatchAsync($"/users/{id}", new { email = "alice@acme.example" })).Expect(409).ErrorCode);
        Assert.Equal(before, (await self.GetAsync($"/users/{id}")).Expect(200).Content);
    }

    private async Task<(string Id, Api Self)> SignUpAsync()
    {
        var id = (await _shop.Anonymous("user-service").PostAsync("/users", Requests.User($"t{Guid.NewGuid():N}"[..20]))).Expect(201).Id;
        return (id, _shop.Service("user-service", user: id));
    }
}
