using System.Net;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.ConcurrencyLimit;

/// <summary>Requests that an upstream holds back until the test lets them go.</summary>
public class ConcurrencyLimitTests
{
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_BeyondTheLimit_AreRefusedUntilOneEnds()
    {
        await using LimitedGateway gateway = await StartAsync("limits: { concurrency: { by: endpoint, limit: 2 } }");
        Task<HttpStatusCode>[] held = [gateway.StatusAsync("GET /a"), gateway.StatusAsync("GET /a")];
        await ArrivedAsync(2);

        using (HttpResponseMessage refused = await gateway.SendAsync("GET /a"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        }

        Task<HttpStatusCode> other = gateway.StatusAsync("GET /b");
        await ArrivedAsync(3);
        _go.SetResult();
        Assert.All(await Task.WhenAll([.. held, other]), status => Assert.Equal(HttpStatusCode.OK, status));
        await EmptyAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a"));
    }

    [Fact]
    public async Task OneUsersRequests_DoNotTakeAnothersPlaces()
    {
        await using LimitedGateway gateway = await StartAsync("limits: { concurrency: [{ by: user, limit: 1 }, { by: global, limit: 2 }] }");
        Task<HttpStatusCode> ada = gateway.StatusAsync("GET /a", (TestCallers.User, "ada"));
        await ArrivedAsync(1);
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /b", (TestCallers.User, "ada")));

        // Ada's refusals hold no place of all callers together.
        Task<HttpStatusCode> bob = gateway.StatusAsync("GET /a", (TestCallers.User, "bob"));
        await ArrivedAsync(2);
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /b", (TestCallers.User, "eve")));
        _go.SetResult();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await ada, await bob));
    }

    [Theory]
    [InlineData("user", TestCallers.User)]
    [InlineData("tenant", TestCallers.Tenant)]
    [InlineData("api-key", TestCallers.ApiKey)]
    [InlineData("ip", "X-Forwarded-For")]
    [InlineData("header:X-Plan", "X-Plan")]
    public async Task Consumers_OfALimit_HavePlacesOfTheirOwn(string by, string header)
    {
        await using LimitedGateway gateway = await StartAsync($"limits: {{ concurrency: {{ by: '{by}', limit: 1 }} }}");
        Task<HttpStatusCode> one = gateway.StatusAsync("GET /a", (header, "203.0.113.1"));
        await ArrivedAsync(1);
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /b", (header, "203.0.113.1")));
        Task<HttpStatusCode> other = gateway.StatusAsync("GET /a", (header, "203.0.113.2"));
        await ArrivedAsync(2);
        _go.SetResult();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await one, await other));
    }

    [Theory]
    [InlineData("global")]
    [InlineData("service")]
    public async Task Operations_UnderALimitOfAll_ShareItsPlaces(string by)
    {
        await using LimitedGateway gateway = await StartAsync($"limits: {{ concurrency: {{ by: {by}, limit: 1 }} }}");
        Task<HttpStatusCode> held = gateway.StatusAsync("GET /a", (TestCallers.User, "ada"));
        await ArrivedAsync(1);
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /b", (TestCallers.User, "bob")));
        _go.SetResult();
        Assert.Equal(HttpStatusCode.OK, await held);
    }

    [Fact]
    public async Task Refusal_GivesBackWhatRateLimitsCounted()
    {
        await using LimitedGateway gateway = await StartAsync("rateLimit: { limits: [{ by: ip, limit: 3, window: 1h }] }, limits: { concurrency: 1 }");
        Task<HttpStatusCode> held = gateway.StatusAsync("GET /a");
        await ArrivedAsync(1);
        for (int i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /a"));
        _go.SetResult();
        await held;
        await EmptyAsync(gateway);
        Assert.Equal(2, await gateway.AdmittedAsync(5, "GET /a"));
    }

    [Fact]
    public async Task ClientThatGoesAway_GivesItsPlaceBack()
    {
        await using LimitedGateway gateway = await StartAsync("limits: { concurrency: 1 }");
        using (RawConnection leaving = await RawConnection.ConnectAsync(gateway.Gateway.Url))
        {
            await leaving.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            await ArrivedAsync(1);
            leaving.Reset();
        }

        await EmptyAsync(gateway);
        _go.SetResult();
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("GET /a"));
    }

    [Fact]
    public async Task Reload_UnderRequests_StillCountsThem()
    {
        await using LimitedGateway gateway = await StartAsync("limits: { concurrency: 1 }");
        Task<HttpStatusCode> held = gateway.StatusAsync("GET /a");
        await ArrivedAsync(1);
        gateway.Gateway.Reload(LimitedGateway.Document("limits: { concurrency: 1 }, timeout: { default: 9 }"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.StatusAsync("GET /a"));
        _go.SetResult();
        await held;
    }

    [Fact]
    public async Task ManyAtOnce_AreAdmittedExactlyTheLimit()
    {
        await using LimitedGateway gateway = await StartAsync("limits: { concurrency: [{ by: global, limit: 10 }, { by: user, limit: 4 }] }");
        Task<HttpStatusCode>[] all = [.. Enumerable.Range(0, 64).Select(i => gateway.StatusAsync("GET /a", (TestCallers.User, $"user-{i % 16}")))];
        await Condition.HoldsAsync(() => all.Count(task => task.IsCompleted) == 54, Stop);
        await ArrivedAsync(10);
        _go.SetResult();
        Assert.Equal(10, (await Task.WhenAll(all)).Count(status => status == HttpStatusCode.OK));
    }

    private Task<LimitedGateway> StartAsync(string config) => LimitedGateway.StartAsync(LimitedGateway.Document(config), async _ =>
    {
        Interlocked.Increment(ref _arrived);
        await _go.Task;
    });

    private Task ArrivedAsync(int requests) => Condition.HoldsAsync(() => Volatile.Read(ref _arrived) == requests, Stop);

    // The last byte of an answer is with its client a moment before the request has ended.
    private static Task EmptyAsync(LimitedGateway gateway) => Condition.HoldsAsync(() => gateway.Gateway.States.Of<ConcurrencyState>().All(state => state.InFlight == 0), Stop);
}
