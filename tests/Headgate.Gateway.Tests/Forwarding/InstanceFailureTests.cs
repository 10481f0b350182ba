using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>A service of three instances, of which one dies under load.</summary>
public class InstanceFailureTests
{
    private const int Callers = 16;
    private const int RequestsPerCaller = 400;
    private const int KillAfter = 1500;

    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: "1" }
        paths:
          /x: { get: { responses: { "200": { description: ok } } }, post: { responses: { "200": { description: ok } } } }
        """;

    [Fact]
    public async Task OneOfThree_DiesUnderLoad_FewerThanOneInAThousandFail()
    {
        EchoUpstream[] servers = [await EchoUpstream.StartAsync(), await EchoUpstream.StartAsync(), await EchoUpstream.StartAsync()];
        await using TestGateway gateway = await StartAsync(servers);
        int done = 0;
        int failed = 0;

        async Task CallAsync()
        {
            for (int i = 0; i < RequestsPerCaller; i++)
            {
                if (Interlocked.Increment(ref done) == KillAfter)
                    await servers[1].DisposeAsync();
                using HttpResponseMessage response = await gateway.Client.GetAsync("/x");
                if (response.StatusCode != HttpStatusCode.OK)
                    Interlocked.Increment(ref failed);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync()));
        Assert.True(servers[1].Requests > 0, "the instance that died had served before");
        Assert.True(failed < Callers * RequestsPerCaller / 1000.0, $"{failed} of {Callers * RequestsPerCaller} requests failed");
        await servers[0].DisposeAsync();
        await servers[2].DisposeAsync();
    }

    [Fact]
    public async Task RefusedConnection_MovesOn_WhateverTheMethod()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        await using EchoUpstream alive = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(dead, alive);

        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage response = await gateway.Client.PostAsync("/x", new StringContent("once"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(20, alive.Requests);
    }

    [Fact]
    public async Task ManyThatRefuse_AreNotAllAsked()
    {
        EchoUpstream[] dead = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EchoUpstream.StartAsync()))];
        foreach (EchoUpstream server in dead)
            await server.DisposeAsync();
        await using TestGateway gateway = await StartAsync(dead);
        using HttpResponseMessage response = await gateway.Client.GetAsync("/x");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(1 + ForwardCourse.MostMoves, gateway.Plan.Apis[0].Instances.Count(instance => instance.Begun > 0));
    }

    [Fact]
    public async Task AllRefuse_Is502_ThatNamesTheService()
    {
        EchoUpstream dead = await EchoUpstream.StartAsync();
        await dead.DisposeAsync();
        await using TestGateway gateway = await StartAsync(dead);

        using HttpResponseMessage response = await gateway.Client.GetAsync("/x");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("headgate; error=connection_refused", response.Headers.GetValues("Proxy-Status").Single());
        string body = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"service\":\"shop\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain(dead.Url.Authority, body, StringComparison.Ordinal);
    }

    private static Task<TestGateway> StartAsync(params EchoUpstream[] servers) => TestGateway.StartAsync(
        Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["shop"] = [.. servers.Select(server => server.Url)] } });
}
