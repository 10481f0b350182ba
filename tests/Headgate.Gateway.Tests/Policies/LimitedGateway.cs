using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>A gateway with the limits of a test, on a clock that stands, behind a proxy that is trusted to name the client.</summary>
internal sealed class LimitedGateway : IAsyncDisposable
{
    private readonly EchoUpstream _upstream;

    private LimitedGateway(EchoUpstream upstream, TestGateway gateway, ManualTime time) => (_upstream, Gateway, Time) = (upstream, gateway, time);

    public TestGateway Gateway { get; }

    public ManualTime Time { get; }

    public int Calls => _upstream.Requests;

    /// <summary>The document with <c>GET /a</c>, <c>GET /b</c> and <c>POST /a</c>.</summary>
    /// <param name="config">What stands in <c>x-gateway-config</c>, as flow mappings without braces.</param>
    /// <param name="ofA">What stands in <c>GET /a</c> beside the usual.</param>
    public static string Document(string config, string ofA = "") => $$"""
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config: { {{config}} }
        paths:
          /a:
            get:
              operationId: getA
              responses: { "200": { description: ok } }
              {{ofA}}
            post: { operationId: postA, responses: { "200": { description: ok } } }
          /b:
            get: { operationId: getB, responses: { "200": { description: ok } } }
        """;

    public static async Task<LimitedGateway> StartAsync(string document, Func<HttpContext, Task>? answer = null)
    {
        EchoUpstream upstream = await EchoUpstream.StartAsync(answer);
        var time = new ManualTime();
        var options = new PlanOptions
        {
            Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] },
            TrustedProxies = new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]),
        };
        return new LimitedGateway(upstream, await TestGateway.StartAsync(document, options, policy: new TestCallers(), time: time), time);
    }

    public async Task<HttpResponseMessage> SendAsync(string request, params (string Name, string Value)[] headers)
    {
        string[] words = request.Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(words[0]), words[1]);
        foreach ((string name, string value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await Gateway.Client.SendAsync(message, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string request, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(request, headers);
        return response.StatusCode;
    }

    /// <summary>How many of some requests are not refused.</summary>
    public async Task<int> AdmittedAsync(int requests, string request, params (string Name, string Value)[] headers)
    {
        int admitted = 0;
        for (int i = 0; i < requests; i++)
            admitted += await StatusAsync(request, headers) == HttpStatusCode.TooManyRequests ? 0 : 1;
        return admitted;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
