using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.Health;

/// <summary>Instances that are asked whether they are well.</summary>
public class HealthCheckTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instance_ThatSaysItIsNotWell_IsLeftOut_AndComesBackWhenItIs()
    {
        int status = 200;
        var paths = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using EchoUpstream sick = await EchoUpstream.StartAsync(context =>
        {
            bool isCheck = context.Request.Headers.UserAgent == "headgate-health-check";
            if (isCheck)
                paths.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            context.Response.StatusCode = isCheck ? status : 200;
            return context.Response.WriteAsync("sick");
        });
        await using EchoUpstream well = await EchoUpstream.StartAsync(context => context.Response.WriteAsync("well"));
        await using TestGateway gateway = await StartAsync("{ path: '/health?deep=1', interval: 100ms, timeout: 2s }", sick.Url, well.Url);
        using Watching watching = new(gateway);

        await Telemetry.Condition.HoldsAsync(() => paths.Count >= 3, Stop);
        Assert.All(paths, path => Assert.Equal("GET /health?deep=1", path));
        Assert.Equal(["sick", "well"], await AnswersAsync(gateway, 40));

        status = 500;
        await Telemetry.Condition.HoldsAsync(() => Health(gateway).CountOut(0) == 1, Stop);
        Assert.Equal(["well"], await AnswersAsync(gateway, 40));

        status = 204;
        await Telemetry.Condition.HoldsAsync(() => Health(gateway).CountOut(0) == 0, Stop);
        Assert.Contains("sick", await AnswersAsync(gateway, 400));
        Assert.Equal([HealthChangeKind.Unhealthy, HealthChangeKind.Healthy], Health(gateway).ReadChanges().Select(change => change.Kind));
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("resets")]
    [InlineData("talks nonsense")]
    [InlineData("is not there")]
    public async Task Instance_ThatDoesNotAnswer_IsUnhealthy(string how)
    {
        await using var bad = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            if (how == "hangs")
                await connection.ReadToEndAsync();
            else if (how == "resets")
                connection.Reset();
            else
                await connection.SendAsync("SSH-2.0-OpenSSH\r\n\r\n");
        });
        if (how == "is not there")
            await bad.DisposeAsync();
        await using EchoUpstream well = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync("{ path: /h, interval: 100ms, timeout: 100ms, unhealthy: 2 }", bad.Url, well.Url);
        using Watching watching = new(gateway);
        await Telemetry.Condition.HoldsAsync(() => Health(gateway).Instances[0].Health.IsUnhealthy, Stop);
        Assert.False(Health(gateway).Instances[1].Health.IsUnhealthy);
        Assert.True(Health(gateway).Instances[0].Health.Checks.Bad >= 2);
    }

    [Theory]
    [InlineData("", 301, false)]
    [InlineData("", 299, true)]
    [InlineData(", statuses: 401", 401, true)]
    [InlineData(", statuses: [200, 401]", 204, false)]
    public async Task GoodStatuses_CanBeChosen(string statuses, int status, bool isWell)
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await using TestGateway gateway = await StartAsync($"{{ path: /h, interval: 100ms, unhealthy: 1{statuses} }}", upstream.Url);
        using Watching watching = new(gateway);
        await Telemetry.Condition.HoldsAsync(() => Health(gateway).Instances[0].Health.Checks is { Good: > 0 } or { Bad: > 0 }, Stop);
        Assert.Equal(isWell, !Health(gateway).Instances[0].Health.IsUnhealthy);
    }

    [Fact]
    public async Task Checks_NeitherOverlapNorPileUp_AndEndWithTheWatch()
    {
        int atOnce = 0;
        int most = 0;
        await using EchoUpstream slow = await EchoUpstream.StartAsync(async context =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref atOnce);
        });
        await using TestGateway gateway = await StartAsync("{ path: /h, interval: 100ms, timeout: 200ms }", slow.Url);
        using (Watching watching = new(gateway))
            await Telemetry.Condition.HoldsAsync(() => slow.Requests >= 4, Stop);
        await Telemetry.Condition.HoldsAsync(() => atOnce == 0, Stop);
        Assert.True(most <= 2, $"{most} checks at once");
    }

    [Fact]
    public async Task Reload_WithoutChecks_ForgetsWhatTheySaid()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using EchoUpstream other = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync("{ path: /h, interval: 100ms, unhealthy: 1 }", upstream.Url, other.Url);
        using Watching watching = new(gateway);
        await Telemetry.Condition.HoldsAsync(() => Health(gateway).Instances[0].Health.IsUnhealthy, Stop);
        gateway.Reload(Document("null", upstream.Url, other.Url).Replace(", healthCheck: null", "", StringComparison.Ordinal));
        await Telemetry.Condition.HoldsAsync(() => !Health(gateway).Instances[0].Health.IsUnhealthy, Stop);
    }

    private static ServiceHealth Health(TestGateway gateway) => Assert.Single(gateway.Plan.Apis[0].Health).State;

    private static async Task<string[]> AnswersAsync(TestGateway gateway, int count)
    {
        var answers = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
            answers.Add(await gateway.Client.GetStringAsync("/a", Stop));
        return [.. answers];
    }

    private static Task<TestGateway> StartAsync(string check, params Uri[] urls) => TestGateway.StartAsync(Document(check, urls));

    private static string Document(string check, params Uri[] urls) => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { services: { shop: { urls: ["{{string.Join("\", \"", urls.Select(url => url.ToString()))}}"], slowStart: 0ms, healthCheck: {{check}} } } }
        paths:
          /a: { get: { operationId: getA, responses: { "200": { description: ok } } } }
        """;

    /// <summary>A watch that runs for a part of a test.</summary>
    private sealed class Watching : IDisposable
    {
        private readonly CancellationTokenSource _ending = new();
        private readonly Task _running;

        public Watching(TestGateway gateway) =>
            _running = new UpstreamWatch(gateway.Plans, TimeProvider.System, new CallCommons(Random.Shared, NullLogger.Instance)).RunAsync(_ending.Token);

        public void Dispose()
        {
            _ending.Cancel();
            Assert.True(_running.Wait(TimeSpan.FromSeconds(20)), "the watch did not end");
            _ending.Dispose();
        }
    }
}
