using System.Net;
using Headgate.Gateway.Tests.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>Requests for the same that come at once become one call, where one answer may serve them all.</summary>
public class CacheCollapseTests
{
    private const int Crowd = 1000;

    [Fact]
    public async Task ThousandMisses_AtOnce_AreOneCall()
    {
        await using var origin = new GatedOrigin(context => Fresh(context, "max-age=60"));
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);

        Task<string>[] crowd = [.. Enumerable.Range(0, Crowd).Select(_ => gateway.GetAsync("/a"))];
        await origin.FirstAsync();
        await Condition.BecomesTrueAsync(() => gateway.Gateway.InFlight == Crowd);
        origin.Open();

        Assert.All(await Task.WhenAll(crowd), body => Assert.Equal("same", body));
        Assert.Equal(1, gateway.Calls);
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private, max-age=60")]
    public async Task AnswerThatIsNotForAll_IsNobodyElses_AndNobodyQueuesForIt(string cacheControl)
    {
        const int few = 20;
        await using var origin = new GatedOrigin(context => Fresh(context, cacheControl));
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);

        Task<string>[] crowd = [.. Enumerable.Range(0, few).Select(_ => gateway.GetAsync("/a"))];
        await origin.FirstAsync();
        await Condition.BecomesTrueAsync(() => gateway.Gateway.InFlight == few);
        origin.Open();
        await Task.WhenAll(crowd);
        Assert.Equal(few, gateway.Calls);

        // The key is remembered: the next do not even wait for one another.
        origin.Close();
        crowd = [.. Enumerable.Range(0, few).Select(_ => gateway.GetAsync("/a"))];
        await Condition.BecomesTrueAsync(() => gateway.Calls == 2 * few);
        origin.Open();
        await Task.WhenAll(crowd);
    }

    [Theory]
    [InlineData(TestCallers.User, "ada")]
    [InlineData("Authorization", "Basic YTpi")]
    [InlineData("Cookie", "session=1")]
    public async Task RequestOfSomebody_NeverWaitsForAnothers(string name, string value)
    {
        const int few = 10;
        await using var origin = new GatedOrigin(context => Fresh(context, "max-age=60"));
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);

        Task<string>[] crowd = [.. Enumerable.Range(0, few).Select(_ => gateway.GetAsync("/a", (name, value)))];
        await Condition.BecomesTrueAsync(() => gateway.Calls == few);
        origin.Open();

        Assert.Equal(few, (await Task.WhenAll(crowd)).Length);
    }

    [Fact]
    public async Task FailingUpstream_IsCalledTwiceForACrowd_NotByEachOfIt()
    {
        await using var origin = new GatedOrigin(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);

        Task<HttpStatusCode>[] crowd = [.. Enumerable.Range(0, 50).Select(_ => StatusAsync(gateway))];
        await origin.FirstAsync();
        await Condition.BecomesTrueAsync(() => gateway.Gateway.InFlight == 50);
        origin.Open();

        Assert.All(await Task.WhenAll(crowd), status => Assert.Equal(HttpStatusCode.BadGateway, status));
        Assert.InRange(gateway.Calls, 2, 10);
    }

    [Fact]
    public async Task FirstThatGoesAway_TakesNobodysAnswerAlong()
    {
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var origin = new GatedOrigin(async context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            await context.Response.WriteAsync("half and ");
            await context.Response.Body.FlushAsync();
            await rest.Task;
            await context.Response.WriteAsync("half");
        });
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);
        using var leaving = new CancellationTokenSource();

        Task<HttpResponseMessage> first = gateway.Gateway.Client.GetAsync("/a", leaving.Token);
        await origin.FirstAsync();
        Task<string> second = gateway.GetAsync("/a");
        await Condition.BecomesTrueAsync(() => gateway.Gateway.InFlight == 2);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        origin.Open();
        await Condition.BecomesTrueAsync(() => gateway.Gateway.InFlight == 1);
        rest.SetResult();

        Assert.Equal("half and half", await second);
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Variants_AreNotTakenForOneAnother()
    {
        await using var origin = new GatedOrigin(context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            context.Response.Headers.Vary = "Accept-Language";
            return context.Response.WriteAsync(context.Request.Headers.AcceptLanguage.ToString());
        });
        await using CachedGateway gateway = await CachedGateway.StartAsync(origin.ServeAsync);

        (string Language, Task<string> Body)[] crowd = [.. Enumerable.Range(0, 60).Select(i => $"l{i % 3}").Select(language => (language, gateway.GetAsync("/a", ("Accept-Language", language))))];
        await origin.FirstAsync();
        origin.Open();

        foreach ((string language, Task<string> body) in crowd)
            Assert.Equal(language, await body);
    }

    private static async Task<HttpStatusCode> StatusAsync(CachedGateway gateway)
    {
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        return response.StatusCode;
    }

    private static Task Fresh(HttpContext context, string cacheControl)
    {
        context.Response.Headers.CacheControl = cacheControl;
        return context.Response.WriteAsync("same");
    }
}
