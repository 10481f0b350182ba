using System.Net;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

public class CacheRangeTests
{
    private static readonly (string, string)[] s_answer = [("Cache-Control", "max-age=60"), ("ETag", "\"1\"")];

    [Theory]
    [InlineData("bytes=0-1", HttpStatusCode.PartialContent, "an", "bytes 0-1/8")]
    [InlineData("bytes=7-", HttpStatusCode.PartialContent, "1", "bytes 7-7/8")]
    [InlineData("bytes=-3", HttpStatusCode.PartialContent, "r 1", "bytes 5-7/8")]
    [InlineData("bytes=-300", HttpStatusCode.PartialContent, "answer 1", "bytes 0-7/8")]
    [InlineData("bytes=6-99999999999", HttpStatusCode.PartialContent, " 1", "bytes 6-7/8")]
    [InlineData("bytes=8-", HttpStatusCode.RequestedRangeNotSatisfiable, "", "bytes */8")]
    [InlineData("bytes=-0", HttpStatusCode.RequestedRangeNotSatisfiable, "", "bytes */8")]
    [InlineData("bytes=0-1,4-5", HttpStatusCode.OK, "answer 1", null)]
    [InlineData("bytes=3-1", HttpStatusCode.OK, "answer 1", null)]
    [InlineData("lines=1-2", HttpStatusCode.OK, "answer 1", null)]
    [InlineData("bytes=99999999999999999999-", HttpStatusCode.OK, "answer 1", null)]
    public async Task Range_OfACompleteAnswer_IsCutFromIt(string range, HttpStatusCode status, string body, string? contentRange)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_answer));
        await gateway.GetAsync("/a");

        using HttpResponseMessage part = await gateway.SendAsync("GET /a", ("Range", range));

        Assert.Equal(status, part.StatusCode);
        Assert.Equal(body, await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(contentRange, part.Content.Headers.ContentRange?.ToString());
        Assert.Equal(1, gateway.Calls);
    }

    [Theory]
    [InlineData("\"1\"", HttpStatusCode.PartialContent)]
    [InlineData("W/\"1\"", HttpStatusCode.OK)]
    [InlineData("\"2\"", HttpStatusCode.OK)]
    [InlineData("Fri, 02 Jan 2026 00:00:00 GMT", HttpStatusCode.OK)]
    public async Task IfRange_AllowsAPartOfTheSameAlone(string condition, HttpStatusCode status)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_answer));
        await gateway.GetAsync("/a");

        using HttpResponseMessage part = await gateway.SendAsync("GET /a", ("Range", "bytes=0-1"), ("If-Range", condition));

        Assert.Equal(status, part.StatusCode);
    }

    [Fact]
    public async Task RangeOfHead_DoesNotCount()
    {
        // RFC 9110 §14.2: GET is the only method for which ranges are defined.
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_answer));
        await gateway.GetAsync("/a");

        using HttpResponseMessage head = await gateway.SendAsync("HEAD /a", ("Range", "bytes=0-1"));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(8, head.Content.Headers.ContentLength);
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task PartOfTheUpstreams_IsNeverStored_AndNobodyElsesWhole()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            if (context.Request.Headers.Range.Count == 0)
                return context.Response.WriteAsync("whole");
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = "bytes 0-1/5";
            return context.Response.WriteAsync("wh");
        });

        Assert.Equal("wh", await gateway.GetAsync("/a", ("Range", "bytes=0-1")));
        Assert.Equal("whole", await gateway.GetAsync("/a"));
    }
}
