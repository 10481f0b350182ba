using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.Retry;

/// <summary>Calls that are repeated, by a real gateway.</summary>
public class RetryTests
{
    private const string Quick = "retry: { attempts: 3, baseDelay: 1ms }, circuitBreaker: false";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", null, 3)]
    [InlineData("HEAD", null, 3)]
    [InlineData("PUT", null, 3)]
    [InlineData("DELETE", null, 3)]
    [InlineData("POST", null, 1)]
    [InlineData("PATCH", null, 1)]
    [InlineData("POST", "k-1", 3)]
    [InlineData("PATCH", "k-1", 3)]
    public async Task FailedCall_IsRepeated_WhereThatIsSafe(string method, string? key, int calls)
    {
        await using EchoUpstream upstream = await AnsweringAsync(_ => 503);
        await using TestGateway gateway = await StartAsync(Quick, upstream);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/a");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, calls), (response.StatusCode, upstream.Requests));
    }

    [Theory]
    [InlineData(502, "", 2)]
    [InlineData(503, "", 2)]
    [InlineData(504, "", 2)]
    [InlineData(500, "", 1)]
    [InlineData(429, "", 1)]
    [InlineData(429, ", statuses: [429]", 2)]
    [InlineData(503, ", statuses: [429]", 1)]
    public async Task Statuses_ThatAreRepeated_CanBeChosen(int status, string settings, int calls)
    {
        await using EchoUpstream upstream = await AnsweringAsync(call => call == 1 ? status : 200);
        await using TestGateway gateway = await StartAsync($"retry: {{ attempts: 3, baseDelay: 1ms{settings} }}, circuitBreaker: false", upstream);
        Assert.Equal(calls == 1 ? status : 200, await StatusAsync(gateway));
        Assert.Equal(calls, upstream.Requests);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData(", errors: [reset]", 2)]
    [InlineData(", errors: [connect, timeout]", 1)]
    public async Task Reset_BeforeTheAnswer_IsRepeated_UnlessOthersAreChosen(string settings, int connections)
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (connection.Number == 1)
                connection.Reset();
            else
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using TestGateway gateway = await StartAsync($"retry: {{ attempts: 2, baseDelay: 1ms{settings} }}", upstream.Url);
        Assert.Equal(connections == 1 ? 502 : 200, await StatusAsync(gateway));
        Assert.Equal(connections, upstream.Accepted);
    }

    [Fact]
    public async Task TryThatTakesTooLong_IsRepeated_WithinTheWhole()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context => context.Request.Headers["X-Try"] == "never" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using TestGateway gateway = await StartAsync("retry: { attempts: 9, baseDelay: 1ms }, circuitBreaker: false", upstream, "timeout: { total: 700ms, perTry: 200ms }");
        long began = TimeProvider.System.GetTimestamp();
        Assert.Equal(504, await StatusAsync(gateway));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(1500));
        Assert.InRange(upstream.Requests, 2, 4);
    }

    [Fact]
    public async Task Answer_AfterRetries_IsTheGoodOne_AndNothingOfTheOthers()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            bool isGood = context.Request.Headers["X-Request-ID"] == "good" && Interlocked.Increment(ref _calls) == 3;
            context.Response.StatusCode = isGood ? 200 : 503;
            context.Response.Headers[isGood ? "X-Good" : "X-Bad"] = "yes";
            await context.Response.WriteAsync(isGood ? "good" : new string('b', 100_000));
        });
        await using TestGateway gateway = await StartAsync(Quick, upstream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "X-Request-ID", "good" } } };
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, Stop);
        Assert.Equal("good", await response.Content.ReadAsStringAsync(Stop));
        Assert.True(response.Headers.Contains("X-Good"));
        Assert.False(response.Headers.Contains("X-Bad"));
    }

    [Theory]
    [InlineData(10, false, 3)]
    [InlineData(10, true, 3)]
    [InlineData(60_000, false, 3)]
    [InlineData(60_000, true, 3)]
    [InlineData(70_000, false, 1)]
    [InlineData(70_000, true, 1)]
    public async Task Body_IsSentAgainWhole_UpToItsBound(int length, bool isChunked, int calls)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
        {
            bodies.Enqueue(await new StreamReader(context.Request.Body).ReadToEndAsync(Stop));
            context.Response.StatusCode = 503;
        });
        await using TestGateway gateway = await StartAsync(Quick, upstream);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/a") { Content = new StringContent(text) };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await gateway.Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(Enumerable.Repeat(text, calls), bodies);
    }

    [Fact]
    public async Task Body_OfWhichHalfWasSent_IsSentAgainWhole()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (connection.Number == 1)
            {
                await connection.ReadExactlyAsync(10_000);
                connection.Reset();
                return;
            }

            string body = await connection.ReadExactlyAsync(40_000);
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        });
        await using TestGateway gateway = await StartAsync(Quick, upstream.Url);
        string text = new('x', 40_000);
        using HttpResponseMessage response = await gateway.Client.PutAsync("/a", new StringContent(text), Stop);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task RetryAfter_OfTheService_IsKeptTo()
    {
        await using EchoUpstream upstream = await AnsweringAsync(call => call == 1 ? 503 : 200, retryAfter: "2");
        await using TestGateway gateway = await StartAsync(Quick, upstream);
        long began = TimeProvider.System.GetTimestamp();
        Assert.Equal(200, await StatusAsync(gateway));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1.99), TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("retry: { attempts: 3, baseDelay: 1ms }, timeout: 2s", "30")]
    [InlineData("retry: { attempts: 3, baseDelay: 5s }, timeout: 2s", null)]
    public async Task Wait_BeyondTheTimeout_IsNotBegun_AndTheAnswerGoesOn(string config, string? retryAfter)
    {
        await using EchoUpstream upstream = await AnsweringAsync(_ => 503, retryAfter);
        await using TestGateway gateway = await StartAsync(config, upstream);
        long began = TimeProvider.System.GetTimestamp();
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (response.StatusCode, upstream.Requests));
        Assert.Equal(retryAfter, response.Headers.RetryAfter?.ToString());
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Retries_OfAServiceThatIsDown_StayWithinTheBudget()
    {
        await using EchoUpstream upstream = await AnsweringAsync(_ => 503);
        await using TestGateway gateway = await StartAsync(Quick, upstream, time: new ManualTime());
        for (int i = 0; i < 200; i++)
            await StatusAsync(gateway);
        Assert.Equal(240, upstream.Requests);
        RetryBudget budget = Assert.Single(gateway.States.Of<RetryBudget>());
        Assert.Equal(40, budget.Made);
        Assert.True(budget.Refused > 0);
    }

    [Fact]
    public async Task Retry_GoesToAnotherInstance()
    {
        await using EchoUpstream bad = await AnsweringAsync(_ => 503);
        await using EchoUpstream good = await AnsweringAsync(_ => 200);
        await using TestGateway gateway = await StartAsync("retry: { attempts: 2, baseDelay: 0ms }", bad.Url, good.Url);
        for (int i = 0; i < 20; i++)
            Assert.Equal(200, await StatusAsync(gateway));
        Assert.Equal(20, good.Requests);
        Assert.InRange(bad.Requests, 1, 10);
    }

    [Fact]
    public async Task ClientThatLeavesDuringTheWait_EndsIt()
    {
        await using EchoUpstream upstream = await AnsweringAsync(_ => 503);
        await using TestGateway gateway = await StartAsync("retry: { attempts: 3, baseDelay: 20s, maxDelay: 20s }, timeout: 10m", upstream);
        using (RawConnection leaving = await RawConnection.ConnectAsync(gateway.Url))
        {
            await leaving.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            await Telemetry.Condition.HoldsAsync(() => Assert.Single(gateway.States.Of<RetryBudget>()).Made == 1, Stop);
            leaving.Reset();
        }

        await Telemetry.Condition.HoldsAsync(() => gateway.Failures.Contains("client_closed_request"), Stop);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task OpenBreaker_EndsTheTries_AndTheFailureItselfIsTold()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            connection.Reset();
        });
        await using TestGateway gateway = await StartAsync("retry: { attempts: 9, baseDelay: 1ms }, circuitBreaker: { failures: 2 }", upstream.Url);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", Stop);
        Assert.Equal((HttpStatusCode.BadGateway, 2), (response.StatusCode, upstream.Accepted));
    }

    [Fact]
    public async Task AnswerThatHasBegun_IsNeverRepeated()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + new string('x', 50_000));
            connection.Reset();
        });
        await using TestGateway gateway = await StartAsync(Quick, upstream.Url);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.Client.GetAsync("/a", Stop));
        Assert.Equal(1, upstream.Accepted);
    }

    private int _calls;

    private static async Task<int> StatusAsync(TestGateway gateway)
    {
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", Stop);
        return (int)response.StatusCode;
    }

    private static Task<EchoUpstream> AnsweringAsync(Func<int, int> statusOf, string? retryAfter = null)
    {
        int calls = 0;
        return EchoUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = statusOf(Interlocked.Increment(ref calls));
            context.Response.Headers.RetryAfter = context.Response.StatusCode == 503 ? retryAfter : null;
            return Task.CompletedTask;
        });
    }

    private static Task<TestGateway> StartAsync(string config, EchoUpstream upstream, string backend = "", TimeProvider? time = null) => StartAsync(config, backend, time, upstream.Url);

    private static Task<TestGateway> StartAsync(string config, params Uri[] upstreams) => StartAsync(config, "", null, upstreams);

    private static Task<TestGateway> StartAsync(string config, string backend, TimeProvider? time, params Uri[] upstreams)
    {
        string methods = string.Join('\n', "get put post patch delete".Split(' ').Select(method => $"    {method}: {{ responses: {{ \"200\": {{ description: ok }} }} }}"));
        return TestGateway.StartAsync(
            $$"""
            openapi: 3.1.0
            info: { title: t, version: v1 }
            x-gateway-config: { {{config}} }
            x-gateway-backend: { service: orders, {{backend}} }
            paths:
              /a:
            {{methods}}
            """,
            new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["orders"] = upstreams } },
            time: time,
            commons: new CallCommons(Random.Shared, NullLogger.Instance));
    }
}
