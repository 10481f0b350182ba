using System.Diagnostics;
using Commerce.Tests.Support;
using Commerce.Users;

namespace Commerce.Tests;

public class UserServiceTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Login_RightPassword_AnswersTokenUserAndCookie()
    {
        var reply = (await Login("bob", "bob-password")).Expect(200);

        Assert.Equal("Bearer", reply.Text("tokenType"));
        Assert.Equal("user-bob", reply.Body!["user"]!["id"]!.GetValue<string>());
        Assert.Null(reply.Body["refreshToken"]);
        var cookie = reply.Header("Set-Cookie");
        Assert.StartsWith("refreshToken=", cookie, StringComparison.Ordinal);
        Assert.Contains("; Path=/; HttpOnly; SameSite=Lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("Max-Age", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_RememberMe_CookieOutlivesTheBrowser()
    {
        var reply = await _shop.Anonymous("user-service").PostAsync("/auth/login", new { username = "bob", password = "bob-password", rememberMe = true });

        Assert.Contains("; Max-Age=2592000;", reply.Header("Set-Cookie"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob", "wrong")]
    [InlineData("nobody", "bob-password")]
    public async Task Login_WrongNameOrPassword_AnswersTheSame(string username, string password)
    {
        var reply = (await Login(username, password)).Expect(401);

        Assert.Equal("The username or the password is wrong.", reply.Body!["error"]!["message"]!.GetValue<string>());
        Assert.StartsWith("Bearer", reply.Headers.WwwAuthenticate.Single().Scheme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_TooManyFailures_IsThrottledForThatNameAlone()
    {
        var name = $"guess-{Guid.NewGuid():N}"[..20];
        for (var attempt = 0; attempt < LoginThrottle.Attempts; attempt++)
            (await Login(name, "wrong")).Expect(401);

        var reply = (await Login(name, "wrong")).Expect(429);

        Assert.InRange(int.Parse(reply.Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture), 1, 300);
        (await Login("dave", "dave-password")).Expect(200);
    }

    [Fact]
    public async Task Refresh_EachTokenOnce_AndReuseEndsTheFamily()
    {
        var first = Cookie(await Login("carol", "carol-password"));
        var second = Cookie((await Refresh(first)).Expect(200));
        Assert.NotEqual(first, second);

        (await Refresh(first)).Expect(401);
        (await Refresh(second)).Expect(401);

        var other = Cookie(await Login("carol", "carol-password"));
        (await Refresh(other)).Expect(200);
    }

    [Fact]
    public async Task Refresh_WithoutOrWithUnknownCookie_Is401()
    {
        (await _shop.Anonymous("user-service").PostAsync("/auth/refresh")).Expect(401);
        (await Refresh("refreshToken=made-up")).Expect(401);
    }

    [Fact]
    public async Task CreateUser_SignUpWithRoles_BecomesAnOrdinaryUserWhoCanSignIn()
    {
        var name = Unique();
        var created = (await _shop.Anonymous("user-service").PostAsync("/users", Requests.User(name, "admin"))).Expect(201);

        Assert.Equal("""["user"]""", created.Body!["roles"]!.ToJsonString());
        Assert.Equal($"/users/{created.Id}", created.Header("Location"));
        (await Login(name, "correct horse battery")).Expect(200);
    }

    [Fact]
    public async Task CreateUser_ByAdministrator_GetsTheRolesAndTheTenant()
    {
        var name = Unique();
        var admin = await _shop.AsAsync("globex-admin", "user-service");
        var created = (await admin.PostAsync("/users", Requests.User(name, "user", "support"), ("X-Tenant-ID", "acme"))).Expect(201);

        Assert.Equal("""["user","support"]""", created.Body!["roles"]!.ToJsonString());
        (await admin.GetAsync($"/users/{created.Id}")).Expect(200);
        (await (await _shop.AsAsync("acme-admin", "user-service")).GetAsync($"/users/{created.Id}")).Expect(404);
    }

    [Fact]
    public async Task CreateUser_TakenName_IsConflictAndBadFieldsAreAllNamed()
    {
        var users = _shop.Anonymous("user-service");
        Assert.Equal("USER_EXISTS", (await users.PostAsync("/users", Requests.User("alice"))).Expect(409).ErrorCode);

        var reply = (await users.PostAsync("/users", new
        {
            username = "No Spaces",
            email = "nowhere",
            password = "short",
            profile = new { firstName = "", lastName = "x", dateOfBirth = "31.12.1990" },
        })).Expect(400);

        var pointers = reply.Body!["error"]!["details"]!["fields"]!.AsArray().Select(field => field!["pointer"]!.GetValue<string>());
        Assert.Equal(["/username", "/email", "/password", "/profile/firstName", "/profile/dateOfBirth"], pointers);
    }

    [Fact]
    public async Task CreateUser_UnknownTenant_Is400() =>
        (await _shop.Anonymous("user-service").PostAsync("/users", Requests.User(Unique()), ("X-Tenant-ID", "initech"))).Expect(400);

    [Fact]
    public async Task Users_OrdinaryUser_SeesOnlySelf()
    {
        var alice = await _shop.AsAsync("alice", "user-service");

        (await alice.GetAsync("/users/user-alice")).Expect(200);
        (await alice.GetAsync("/users/user-bob")).Expect(403);
        (await alice.GetAsync("/users/user-carol")).Expect(404);
        (await alice.GetAsync("/users")).Expect(403);
        (await _shop.Anonymous("user-service").GetAsync("/users")).Expect(401);
    }

    [Fact]
    public async Task ListUsers_FilterAndPage_StaysInTheTenant()
    {
        var admin = await _shop.AsAsync("acme-admin", "user-service");

        var admins = (await admin.GetAsync("/users?role=admin&status=ACTIVE&page=1&size=5")).Expect(200);

        Assert.Equal(["user-acme-admin"], admins.Body!["content"]!.AsArray().Select(user => user!["id"]!.GetValue<string>()));
        Assert.True(admins.Body["first"]!.GetValue<bool>() && admins.Body["last"]!.GetValue<bool>());
        (await admin.GetAsync("/users?status=ASLEEP")).Expect(400);
    }

    [Fact]
    public void PasswordHasher_Default_FollowsTheStatedRoundsAndSaltsEachHash()
    {
        Assert.Equal(600_000, new Shared.Hosting.CommerceOptions().PasswordIterations);
        var hasher = new PasswordHasher(1000);

        var (first, second) = (hasher.Hash("secret"), hasher.Hash("secret"));

        Assert.NotEqual(first, second);
        Assert.StartsWith("pbkdf2-sha256$1000$", first, StringComparison.Ordinal);
        Assert.True(hasher.Verify("secret", first));
        Assert.False(hasher.Verify("Secret", first));
        Assert.True(new PasswordHasher(2000).Verify("secret", first));
    }

    [Fact]
    public void PasswordHasher_UnknownUser_CostsAsMuchAsAWrongPassword()
    {
        var hasher = new PasswordHasher(50_000);
        var hash = hasher.Hash("secret");

        var known = Fastest(() => hasher.Verify("wrong", hash));
        var unknown = Fastest(() => hasher.Verify("wrong", null));

        Assert.False(hasher.Verify(new string('\0', 0), null));
        // Without the work it would be thousands of times faster; what else the machine does must not matter.
        Assert.InRange(unknown / known, 0.05, 20);
    }

    private static double Fastest(Action action) => Enumerable.Range(0, 7).Min(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    });

    private static string Unique() => $"user-{Guid.NewGuid():N}"[..24];

    private static string Cookie(Reply reply) => reply.Header("Set-Cookie").Split(';')[0];

    private Task<Reply> Login(string username, string password) =>
        _shop.Anonymous("user-service").PostAsync("/auth/login", new { username, password });

    private Task<Reply> Refresh(string cookie) =>
        _shop.Anonymous("user-service").PostAsync("/auth/refresh", null, ("Cookie", cookie));
}
