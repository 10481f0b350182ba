using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Pipeline;

/// <summary>A fault of Headgate itself: the client gets an error, and what the handler held is let go of.</summary>
public class RecoveryTests
{
    [Fact]
    public async Task Run_PolicyThrowsAfterTheUpstreamAnswered_AnswersAndKeepsNoConnection()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await TestGateway.StartAsync(
            "{ openapi: 3.1.0, info: { title: t, version: '1' }, paths: { /x: { get: { responses: { '200': { description: ok } } } } } }",
            new PlanOptions { Upstream = upstream.Url },
            policy: new ThrowingCompiler());

        using HttpResponseMessage response = await gateway.Client.GetAsync("/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        string body = await response.Content.ReadAsStringAsync();
        Assert.Contains("INTERNAL_ERROR", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        UpstreamInstance instance = gateway.Plan.Apis[0].Instances.Single();

        // The answer is out a moment before the exchange is over.
        Assert.True(SpinWait.SpinUntil(() => instance.InFlight == 0 && instance.Connections!.IdleCount == instance.Connections.Count, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Run_PolicyThrowsAfterTheUpstreamAnswered_TellsNothingOfTheUpstreamsHead()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.SetCookie = "session=1";
            return context.Response.WriteAsync("compressed");
        });
        await using TestGateway gateway = await TestGateway.StartAsync(
            """
            openapi: 3.1.0
            info: { title: t, version: '1' }
            x-gateway-config: { cors: "https://app.example" }
            paths: { /x: { get: { responses: { '200': { description: ok } } } } }
            """,
            new PlanOptions { Upstream = upstream.Url },
            policy: new ThrowingCompiler());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x") { Headers = { { "Origin", "https://app.example" } } };

        using HttpResponseMessage response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Contains("INTERNAL_ERROR", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private sealed class ThrowingCompiler : PolicyCompiler
    {
        public override PipelineStage Stage => PipelineStage.Tenancy;

        public override GatewayPolicy Compile(OperationScope scope) => new ThrowingPolicy();
    }

    private sealed class ThrowingPolicy : GatewayPolicy
    {
        public override string Name => "throwing";

        public override PolicyPhases Phases => PolicyPhases.Response;

        public override ValueTask OnResponseAsync(GatewayContext context) => throw new InvalidOperationException("a secret of the code");
    }
}
