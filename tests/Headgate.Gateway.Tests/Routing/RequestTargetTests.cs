using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Routing;

namespace Headgate.Gateway.Tests.Routing;

public class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/orders/42?page=1", "/orders/42", "?page=1")]
    [InlineData("/orders?", "/orders", "?")]
    [InlineData("/a//b", "/a//b", "")]
    [InlineData("/.well-known/jwks.json", "/.well-known/jwks.json", "")]
    [InlineData("http://host:80/orders?x=1", "/orders", "?x=1")]
    [InlineData("http://host", "/", "")]
    [InlineData("http://host?x=1", "/", "?x=1")]
    public void TryNormalise_OrdinaryTarget_SplitsPathAndQuery(string target, string path, string query)
    {
        Assert.True(RequestTarget.TryNormalise(target, out string actualPath, out string actualQuery, out _));
        Assert.Equal((path, query), (actualPath, actualQuery));
    }

    [Theory]
    [InlineData("/%6Frders", "/orders")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/.", "/a/b/")]
    [InlineData("/a/b/../c", "/a/c")]
    [InlineData("/a/%2e%2E/c", "/c")]
    [InlineData("/a/%2e/c", "/a/c")]
    [InlineData("/a|b", "/a%7Cb")]
    [InlineData("/a\\b", "/a%5Cb")]
    [InlineData("/a;v=1/b", "/a;v=1/b")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/a/..b/.c;d", "/a/..b/.c;d")]
    [InlineData("/%61;..;.", "/a;..;.")]
    [InlineData("/a%2F..b%2F.c", "/a%2F..b%2F.c")]
    public void TryNormalise_UnusualPath_HasOneForm(string target, string path)
    {
        Assert.True(RequestTarget.TryNormalise(target, out string actual, out _, out _));
        Assert.Equal(path, actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("host:443")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a%00")]
    [InlineData("/..")]
    [InlineData("/a/../../b")]
    [InlineData("/%2e%2e/etc/passwd")]
    [InlineData("/a/..%2Fb")]
    [InlineData("/a/x%2f%2e%2e%2fb")]
    [InlineData("/a/b%2F..")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a/..%5Cb")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/..;v=1/b")]
    [InlineData("/a/.;/b")]
    [InlineData("/a/b;x%2F..")]
    public void TryNormalise_BadTarget_IsRefusedWithReason(string target)
    {
        Assert.False(RequestTarget.TryNormalise(target, out _, out _, out string? reason));
        Assert.False(string.IsNullOrEmpty(reason));
    }

    [Fact]
    public void TryNormalise_NormalTargetWithoutQuery_KeepsTheString()
    {
        const string target = "/orders/42";
        RequestTarget.TryNormalise(target, out string path, out _, out _);
        Assert.Same(target, path);
    }

    [Fact]
    public void TryNormalise_Twice_ChangesNothing()
    {
        Prop.ForAll<string>(text =>
        {
            if (!RequestTarget.TryNormalise("/" + text, out string once, out string query, out _))
                return true;
            return RequestTarget.TryNormalise(once + query, out string twice, out _, out _) && twice == once;
        }).QuickCheckThrowOnFailure();
    }
}
