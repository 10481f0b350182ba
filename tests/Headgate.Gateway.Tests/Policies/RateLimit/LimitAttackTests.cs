using System.Globalization;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>What callers try who do not want to be limited, or who want others to be.</summary>
public class LimitAttackTests
{
    [Fact]
    public async Task MadeUpHeaderValues_GainNothing_WhereTheAddressIsLimitedBeside()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: 'header:X-Plan', limit: 2, window: 1h }, { by: ip, limit: 10, window: 1h }] }"));
        int admitted = 0;
        for (int i = 0; i < 50; i++)
            admitted += await gateway.AdmittedAsync(1, "GET /a", ("X-Plan", i.ToString(CultureInfo.InvariantCulture)), ("X-Forwarded-For", "203.0.113.1"));
        Assert.Equal(10, admitted);
    }

    [Fact]
    public async Task MadeUpForwardedAddresses_OfAClientBehindTheProxy_AreNotItsAddress()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: ip, limit: 3, window: 1h }] }"));
        int admitted = 0;
        for (int i = 0; i < 50; i++)
            admitted += await gateway.AdmittedAsync(1, "GET /a", ("X-Forwarded-For", $"10.1.1.{i}, 203.0.113.1"), ("Forwarded", $"for=10.2.2.{i}"));
        Assert.Equal(3, admitted);
    }

    [Fact]
    public async Task AddressesOfOneIPv6Site_AreOneConsumer()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: ip, limit: 3, window: 1h }] }"));
        int admitted = 0;
        for (int i = 0; i < 50; i++)
            admitted += await gateway.AdmittedAsync(1, "GET /a", ("X-Forwarded-For", $"2001:db8:1:2:{i:x}::{i:x}"));
        Assert.Equal(3, admitted);
        Assert.Equal(3, await gateway.AdmittedAsync(9, "GET /a", ("X-Forwarded-For", "2001:db8:1:3::1")));
    }

    [Fact]
    public async Task IdentityHeaders_OfTheClient_ChangeNoConsumer()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: user, limit: 3, window: 1h }] }"));
        int admitted = 0;
        for (int i = 0; i < 20; i++)
            admitted += await gateway.AdmittedAsync(1, "GET /a", ("X-User-ID", $"user-{i}"), ("X-Tenant-ID", $"tenant-{i}"), (TestCallers.User, "mallory"));
        Assert.Equal(3, admitted);
    }

    [Fact]
    public async Task FloodOfConsumers_OfOneLimit_ForgetsNobodyOfAnother()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ name: plan, by: 'header:X-Plan', limit: 1, window: 1h }, { name: mine, by: user, limit: 3, window: 1h }] }"));
        Assert.Equal(3, await gateway.AdmittedAsync(3, "GET /a", (TestCallers.User, "ada"), ("X-Plan", "a")) + await gateway.AdmittedAsync(2, "GET /b", (TestCallers.User, "ada"), ("X-Plan", "b")) + await gateway.AdmittedAsync(1, "GET /b", (TestCallers.User, "ada"), ("X-Plan", "c")));
        for (int i = 0; i < 2000; i++)
            await gateway.StatusAsync("GET /a", (TestCallers.User, $"flood-{i}"), ("X-Plan", $"flood-{i}"));
        Assert.Equal(0, await gateway.AdmittedAsync(2, "GET /a", (TestCallers.User, "ada"), ("X-Plan", "d")));
        Assert.Equal(0, await gateway.AdmittedAsync(2, "GET /a", (TestCallers.User, "eve"), ("X-Plan", "a")));
    }

    [Fact]
    public async Task ForgedCredentials_AreCountedBeforeTheyAreChecked()
    {
        // The limit by address stands before the place where callers are authenticated: what it refuses costs no check.
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: ip, limit: 3, window: 1h }, { by: user, limit: 100, window: 1h }] }"));
        await gateway.AdmittedAsync(50, "GET /a", (TestCallers.User, "ada"));
        Assert.Equal(3, gateway.Gateway.States.Of<RateLimitState>().Single(state => state.Identity.Name == "user").Table.Admitted);
        Assert.Equal(0, gateway.Gateway.States.Of<RateLimitState>().Single(state => state.Identity.Name == "user").Table.Refused);
    }
}
