using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Whose address counts, when anybody can write what he likes into the forwarding fields.</summary>
public class ClientAddressTests
{
    private static readonly TrustedProxies s_proxies = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:ffff::/48")]);

    [Theory]
    [InlineData("203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "198.51.100.1:4711", "198.51.100.1")]
    [InlineData("10.0.0.1", "2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1")]
    [InlineData("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1")]
    [InlineData("2001:db8:ffff::1", "198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "1.2.3.4, 198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.9.9.9", "198.51.100.1")]
    [InlineData("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.9.9.9, 10.8.8.8 ,", "198.51.100.1")]
    [InlineData("10.0.0.1", "10.7.7.7, 10.8.8.8", "10.7.7.7")]
    [InlineData("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.1, garbage, 10.9.9.9", "10.9.9.9")]
    [InlineData("10.0.0.1", "127.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "0x7f000001", "10.0.0.1")]
    [InlineData("10.0.0.1", "010.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "2130706433", "10.0.0.1")]
    [InlineData("10.0.0.1", "\", 198.51.100.1", "198.51.100.1")]
    public void Client_OfXForwardedFor_IsTheLastThatNoProxyVouchesFor(string peer, string? told, string expected) => AssertClient(peer, "X-Forwarded-For", told, expected);

    [Theory]
    [InlineData("203.0.113.9", "for=198.51.100.1", "203.0.113.9")]
    [InlineData("10.0.0.1", "for=198.51.100.1;proto=https;by=10.0.0.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "proto=https; For=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    [InlineData("10.0.0.1", "for=1.2.3.4, for=198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "for=198.51.100.1;host=\"a,for=6.6.6.6\"", "198.51.100.1")]
    [InlineData("10.0.0.1", "for=\", for=198.51.100.1", "198.51.100.1")]
    [InlineData("10.0.0.1", "for=198.51.100.1, for=_hidden", "10.0.0.1")]
    [InlineData("10.0.0.1", "for=198.51.100.1, proto=https", "10.0.0.1")]
    [InlineData("10.0.0.1", "for=unknown", "10.0.0.1")]
    public void Client_OfForwarded_IsTheLastThatNoProxyVouchesFor(string peer, string told, string expected) => AssertClient(peer, "Forwarded", told, expected);

    [Fact]
    public void Client_OfSeveralLines_IsReadFromTheLast()
    {
        GatewayContext context = TestRequest.Ended(peer: IPAddress.Parse("10.0.0.1"));
        context.Request.Headers["X-Forwarded-For"] = new(["1.2.3.4", "198.51.100.1", "10.9.9.9"]);
        Assert.Equal("198.51.100.1", context.Request.ClientBehind(s_proxies).Text);
    }

    [Fact]
    public void XForwardedFor_BesideForwarded_IsTheOneThatIsRead()
    {
        GatewayContext context = TestRequest.Ended(peer: IPAddress.Parse("10.0.0.1"));
        context.Request.Headers["Forwarded"] = "for=6.6.6.6";
        context.Request.Headers["X-Forwarded-For"] = "198.51.100.1";
        Assert.Equal("198.51.100.1", context.Request.ClientBehind(s_proxies).Text);
    }

    [Fact]
    public void Client_OfTheNextRequestOnTheConnection_IsItsOwn()
    {
        GatewayContext context = TestRequest.Ended(peer: IPAddress.Parse("10.0.0.1"));
        foreach (string client in (string[])["198.51.100.1", "198.51.100.2", "198.51.100.2"])
        {
            context.Request.Headers["X-Forwarded-For"] = client;
            Assert.Equal(client, context.Request.ClientBehind(s_proxies).Text);
        }

        context.Request.Headers.Remove("X-Forwarded-For");
        context.Request.Headers["Forwarded"] = "198.51.100.2";
        Assert.Equal("10.0.0.1", context.Request.ClientBehind(s_proxies).Text);
        context.Request.Headers.Remove("Forwarded");
        Assert.Equal("10.0.0.1", context.Request.ClientBehind(s_proxies).Text);
        Assert.Equal("10.0.0.1", context.Request.ClientBehind(TrustedProxies.None).Text);
    }

    [Theory]
    [InlineData("2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("198.51.100.1", "::ffff:198.51.100.1", true)]
    [InlineData("198.51.100.1", "198.51.100.2", false)]
    [InlineData("0.0.0.1", "::1", false)]
    public void LimitKey_OfTwoAddresses_IsThatOfTheirSite(string one, string other, bool same) =>
        Assert.Equal(same, new ClientAddress(IPAddress.Parse(one)).LimitKey == new ClientAddress(IPAddress.Parse(other)).LimitKey);

    [Fact]
    public void LimitText_OfIPv6_IsThePrefix()
    {
        Assert.Equal("2001:db8:1:2::/64", new ClientAddress(IPAddress.Parse("2001:db8:1:2:aaaa::1")).LimitText);
        Assert.Equal("198.51.100.1", new ClientAddress(IPAddress.Parse("::ffff:198.51.100.1")).LimitText);
        Assert.Equal("unknown", new ClientAddress(null).LimitText);
    }

    private static void AssertClient(string peer, string field, string? told, string expected)
    {
        GatewayContext context = TestRequest.Ended(peer: IPAddress.Parse(peer));
        if (told is not null)
            context.Request.Headers[field] = told;
        Assert.Equal(expected, context.Request.ClientBehind(s_proxies).Text);
    }
}
