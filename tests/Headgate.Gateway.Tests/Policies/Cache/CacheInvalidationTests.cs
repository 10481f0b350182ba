using Headgate.Gateway.Policies.Cache;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Cache;

public class CacheInvalidationTests
{
    [Theory]
    [InlineData("POST /a", 200, null, "/a", true)]
    [InlineData("POST /a", 500, null, "/a", false)]
    [InlineData("POST /a", 200, null, "/a/1", false)]
    [InlineData("POST /a", 201, "/a/1", "/a/1", true)]
    [InlineData("POST /a", 201, "a/1", "/a/1", true)]
    [InlineData("POST /a", 201, "http://elsewhere.example/a/1", "/a/1", false)]
    [InlineData("POST /a", 500, "/a/1", "/a/1", false)]
    [InlineData("DELETE /a/1", 204, null, "/a/1", true)]
    public async Task UnsafeRequest_ThatSucceeds_InvalidatesItsTargetAndWhatItNames(string request, int status, string? location, string path, bool isGone)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            if (context.Request.Method == "GET")
                return context.Response.WriteAsync("x");
            context.Response.StatusCode = status;
            if (location is not null)
                context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });
        await gateway.GetAsync(path);

        (await gateway.SendAsync(request)).Dispose();
        int before = gateway.Calls;
        await gateway.GetAsync(path);

        Assert.Equal(isGone ? 1 : 0, gateway.Calls - before);
    }

    [Fact]
    public async Task AnswerThatWasAskedForBefore_IsNotStoredAfterTheInvalidation()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CachedGateway gateway = await CachedGateway.StartAsync(async context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            if (context.Request.Method != "GET")
                return;
            begun.TrySetResult();
            await held.Task;
            await context.Response.WriteAsync("old");
        });

        Task<string> old = gateway.GetAsync("/a");
        await begun.Task;
        (await gateway.SendAsync("POST /a")).Dispose();
        held.SetResult();
        await old;
        int before = gateway.Calls;
        await gateway.GetAsync("/a");

        Assert.Equal(1, gateway.Calls - before);
    }

    [Theory]
    [InlineData("/a", null, null, 1)]
    [InlineData(null, "/a/", null, 2)]
    [InlineData(null, null, "red", 1)]
    [InlineData(null, null, "of-all", 3)]
    [InlineData("/b", null, null, 0)]
    public async Task Purge_TakesOutWhatItNames(string? path, string? prefix, string? tag, int purged)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(
            context =>
            {
                context.Response.Headers.CacheControl = "max-age=60";
                context.Response.Headers["Surrogate-Key"] = context.Request.Path == "/a/1" ? "red blue" : "blue";
                return context.Response.WriteAsync("x");
            },
            "{ tags: [of-all] }");
        await gateway.GetAsync("/a");
        await gateway.GetAsync("/a/1");
        using HttpResponseMessage last = await gateway.SendAsync("GET /a/2");
        var cache = new CacheContents(gateway.Gateway.States, NullLogger.Instance);

        int count = path is not null ? cache.PurgePath(path) : prefix is not null ? cache.PurgePrefix(prefix) : cache.PurgeTag(tag!);

        Assert.Equal(purged, count);
        Assert.Equal(3 - purged, cache.Read(10).Count);
        Assert.False(last.Headers.Contains("Surrogate-Key"));
    }
}
