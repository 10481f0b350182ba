using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Policies.AddressList;

namespace Headgate.Gateway.Tests.Policies.AddressList;

public class AddressListTests
{
    [Theory]
    [InlineData("203.0.113.9", 200)]
    [InlineData("203.0.113.66", 403)]
    [InlineData("198.51.100.1", 403)]
    [InlineData("2001:db8:1::1", 200)]
    [InlineData("2001:db8:2::1", 403)]
    [InlineData("::ffff:203.0.113.9", 200)]
    public async Task Client_IsAdmitted_AsTheListsSay(string client, int status)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("addresses: { allow: ['203.0.113.0/24', '2001:db8:1::/48'], deny: 203.0.113.66 }"));
        Assert.Equal(status, (int)await gateway.StatusAsync("GET /a", ("X-Forwarded-For", client)));
        Assert.Equal(status == 200 ? 1 : 0, gateway.Calls);
    }

    [Fact]
    public async Task Denial_IsAnErrorOfTheCatalogue_AndTellsNoList()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("addresses: { deny: '203.0.113.0/24' }"));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("X-Forwarded-For", "203.0.113.9"));
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((403, "FORBIDDEN"), ((int)response.StatusCode, problem.GetProperty("code").GetString()));
        Assert.DoesNotContain("203.0.113", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OperationsOwnLists_StandInPlaceOfTheDocuments()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("addresses: { allow: 203.0.113.1 }", "x-gateway-limits: { addresses: { allow: 203.0.113.2 } }"));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync("GET /a", ("X-Forwarded-For", "203.0.113.1")));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a", ("X-Forwarded-For", "203.0.113.2")));
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /b", ("X-Forwarded-For", "203.0.113.1")));
    }

    [Fact]
    public async Task DeniedClient_IsNotCountedByAnyLimit()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("addresses: { deny: 203.0.113.9 }, rateLimit: { limits: [{ by: global, limit: 2, window: 1h }] }"));
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Forbidden, await gateway.StatusAsync("GET /a", ("X-Forwarded-For", "203.0.113.9")));
        Assert.Equal(2, await gateway.AdmittedAsync(5, "GET /a", ("X-Forwarded-For", "203.0.113.1")));
    }

    [Fact]
    public void Any_SetOfNetworks_ContainsWhatOneOfThemContains()
    {
        Gen<(IPNetwork[], IPAddress)> cases = from networks in NetworkOf().ArrayOf(12)
                                              from address in NetworkOf()
                                              select (networks, address.BaseAddress);
        Prop.ForAll(cases.ToArbitrary(), one =>
            new AddressRanges(one.Item1).Contains(one.Item2) == one.Item1.Any(network => network.Contains(one.Item2))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.9", true)]
    [InlineData("203.0.113.9/32", "203.0.113.9", true)]
    public void Networks_OfOneFamily_ContainNothingOfTheOther(string network, string address, bool expected) =>
        Assert.Equal(expected, new AddressRanges([IPNetwork.Parse(network)]).Contains(IPAddress.Parse(address)));

    // Few enough addresses that networks overlap and contain what is asked for.
    private static Gen<IPNetwork> NetworkOf() =>
        from value in Gen.Choose(0, 255)
        from length in Gen.Choose(0, 8)
        from isIPv4 in Gen.Elements(true, false)
        let bits = (byte)(value & (0xFF00 >> length))
        select isIPv4 ? new IPNetwork(new IPAddress([203, 0, 113, bits]), 24 + length) : new IPNetwork(new IPAddress([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bits]), 120 + length);
}
