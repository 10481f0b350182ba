using Headgate.Gateway.Routing;

namespace Headgate.Gateway.Tests.Routing;

public class RouteTableTests
{
    private readonly PathValues _values = new();

    [Theory]
    [InlineData("/users/me", "GET /users/me")]
    [InlineData("/users/42", "GET /users/{id}")]
    [InlineData("/users/42/orders", "GET /users/{id}/orders")]
    [InlineData("/users/me/orders", "GET /users/{id}/orders")]
    [InlineData("/reports/2024.json", "GET /reports/{year}.{format}")]
    [InlineData("/reports/latest", "GET /reports/{name}")]
    [InlineData("/", "GET /")]
    public void Match_LiteralBeforeTemplate_WithAWayBack(string path, string operation)
    {
        RouteTable table = TestRoutes.Table(
            "GET /", "GET /users/me", "GET /users/{id}", "GET /users/{id}/orders", "GET /users/me/settings",
            "GET /reports/{name}", "GET /reports/{year}.{format}");

        Assert.Equal(operation, table.Match("GET", path, _values).Operation?.Id);
    }

    [Theory]
    [InlineData("/users/")]
    [InlineData("/Users/me")]
    [InlineData("/users/42/")]
    [InlineData("/users/42/orders/1")]
    [InlineData("/users/a%2Fb/orders/x")]
    [InlineData("")]
    [InlineData("users")]
    public void Match_UndeclaredPath_FindsNothing(string path)
    {
        RouteTable table = TestRoutes.Table("GET /users/{id}", "GET /users/{id}/orders");
        RouteMatch match = table.Match("GET", path, _values);
        Assert.Null(match.Operation);
        Assert.Null(match.Methods);
    }

    [Fact]
    public void Match_Parameters_AreTheirSlicesOfThePath()
    {
        RouteTable table = TestRoutes.Table("GET /a/{x}/b/{y}-{z}.txt");
        Assert.NotNull(table.Match("GET", "/a/1%2F2/b/left-right.txt", _values).Operation);
        Assert.Equal(3, _values.Count);
        Assert.Equal("1%2F2", _values[0].ToString());
        Assert.Equal("left", _values[1].ToString());
        Assert.Equal("right", _values[2].ToString());
    }

    // Such a value alone in a segment of a backend's path would climb out of it.
    [Theory]
    [InlineData("/files/...json")]
    [InlineData("/files/..json")]
    public void Match_PartOfASegmentThatIsDots_FindsNothing(string path) =>
        Assert.Null(TestRoutes.Table("GET /files/{name}.json").Match("GET", path, _values).Operation);

    [Fact]
    public void Match_AbandonedBranch_LeavesNoValues()
    {
        RouteTable table = TestRoutes.Table("GET /{a}-x/deep", "GET /{b}/flat");
        Assert.Equal("GET /{b}/flat", table.Match("GET", "/1-x/flat", _values).Operation?.Id);
        Assert.Equal(1, _values.Count);
        Assert.Equal("1-x", _values[0].ToString());
    }

    [Fact]
    public void Match_OtherMethod_TellsTheMethodsOfTheConcretePath()
    {
        RouteTable table = TestRoutes.Table("GET /users/me", "PUT /users/{id}", "DELETE /users/{id}");
        RouteMatch match = table.Match("PUT", "/users/me", _values);
        Assert.Null(match.Operation);
        Assert.Equal("GET, HEAD, OPTIONS", match.Methods?.Allow);
    }

    [Fact]
    public void Match_Head_GoesToGetUnlessDeclared()
    {
        RouteTable table = TestRoutes.Table("GET /a", "GET /b", "HEAD /b", "POST /c");
        Assert.Equal("GET /a", table.Match("HEAD", "/a", _values).Operation?.Id);
        Assert.Equal("HEAD /b", table.Match("HEAD", "/b", _values).Operation?.Id);
        Assert.Null(table.Match("HEAD", "/c", _values).Operation);
    }

    [Fact]
    public void Match_EncodedLiteral_MeansTheSameOnBothSides()
    {
        RouteTable table = TestRoutes.Table("GET /café", "GET /a%20b");
        Assert.True(RequestTarget.TryNormalise("/caf%c3%a9", out string path, out _, out _));
        Assert.NotNull(table.Match("GET", path, _values).Operation);
        Assert.NotNull(table.Match("GET", "/a%20b", _values).Operation);
    }

    [Fact]
    public void Match_ThousandsOfRoutes_AllocatesNothing()
    {
        RouteTable table = TestRoutes.Table([.. Enumerable.Range(0, 5000).Select(i => $"GET /resource{i}/{{id}}/part")]);
        for (int i = 0; i < 200; i++)
            table.Match("GET", "/resource4321/42/part", _values);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            table.Match("GET", "/resource4321/42/part", _values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Add_TakenRoute_GivesTheOperationThatHasIt()
    {
        var builder = new RouteTableBuilder();
        var first = TestRoutes.Operation("GET /a/{x}");
        var second = TestRoutes.Operation("GET /a/{y}");
        Assert.Null(builder.Add("/v1", first.Operation.Path, "GET", first));
        Assert.Same(first, builder.Add("/v1", second.Operation.Path, "GET", second));
        Assert.Null(builder.Add("/v2", second.Operation.Path, "GET", second));
    }
}
