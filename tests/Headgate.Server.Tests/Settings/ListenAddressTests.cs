using Headgate.Server.Settings;

namespace Headgate.Server.Tests.Settings;

public class ListenAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "Http", "127.0.0.1", 8080)]
    [InlineData("HTTP://0.0.0.0:80", "Http", "0.0.0.0", 80)]
    [InlineData("https://127.0.0.1", "Https", "127.0.0.1", 443)]
    [InlineData("h2c://[::1]:0", "H2c", "::1", 0)]
    [InlineData("http://*:8080", "Http", "::", 8080)]
    [InlineData("http://+:8080/", "Http", "::", 8080)]
    public void ListenAddress_Url_IsRead(string text, string scheme, string address, int port)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? read, out _));
        Assert.Equal((scheme, address, port), (read.Scheme.ToString(), read.Address!.ToString(), read.Port));
    }

    [Fact]
    public void ListenAddress_Localhost_IsBothLoopbackAddresses()
    {
        Assert.True(ListenAddress.TryParse("http://localhost:8080", out ListenAddress? read, out _));
        Assert.Null(read.Address);
        Assert.Equal("http://localhost:8080", read.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1:8080", "it does not begin with http://, https:// or h2c://")]
    [InlineData("ws://127.0.0.1:8080", "it does not begin with http://, https:// or h2c://")]
    [InlineData("http://example.com:80", "example.com is neither an IP address nor localhost nor *")]
    [InlineData("http://127.0.0.1:8080/path", "it is not SCHEME://HOST:PORT")]
    [InlineData("http://127.0.0.1:99999", "it is not SCHEME://HOST:PORT")]
    [InlineData("http://localhost:0", "localhost is two addresses, which cannot share a port that is chosen freely")]
    public void ListenAddress_Other_IsRefusedWithTheReason(string text, string expected)
    {
        Assert.False(ListenAddress.TryParse(text, out _, out string reason));
        Assert.Equal(expected, reason);
    }
}
