using Headgate.Server.Admin;
using Headgate.Server.Reporting;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Admin;

public class PageRequestTests
{
    [Fact]
    public async Task Pages_OneAfterTheOther_HaveEveryItemOnce()
    {
        string[] all = [.. Enumerable.Range(0, 25).Select(i => $"key {i:00} é")];
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            PageRequest page = (await ReadAsync(cursor is null ? "?limit=10" : $"?limit=10&cursor={cursor}"))!;
            PageReport<string> report = page.Of([.. all.Where(item => string.CompareOrdinal(item, page.After) > 0).Take(page.Wanted)], item => item);
            Assert.InRange(report.Items.Count, 1, 10);
            seen.AddRange(report.Items);
            cursor = report.Next;
        }
        while (cursor is not null);
        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task Page_ThatEndsTheList_HasNoNext() =>
        Assert.Null((await ReadAsync("?limit=2"))!.Of(["a", "b"], item => item).Next);

    [Fact]
    public async Task Limit_NotGiven_IsTheDefault() => Assert.Equal(new PageRequest(PageRequest.DefaultLimit, null), await ReadAsync(""));

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=")]
    [InlineData("?cursor=")]
    [InlineData("?cursor=%2F%2F")]
    [InlineData("?cursor=abc!")]
    public async Task Query_ThatIsWrong_Is400(string query)
    {
        var context = new DefaultHttpContext();
        Assert.Null(await ReadAsync(query, context));
        Assert.Equal(400, context.Response.StatusCode);
    }

    private static Task<PageRequest?> ReadAsync(string query, HttpContext? context = null)
    {
        context ??= new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return PageRequest.ReadAsync(context);
    }
}
