using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>A gateway that caches, on a clock that stands, before an upstream of a test. Who calls is what the headers say (<see cref="TestCallers"/>).</summary>
internal sealed class CachedGateway : IAsyncDisposable
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: t, version: v1 }
        x-gateway-config:
          errors: problem
        paths:
          /a:
            get: { operationId: getA, x-gateway-cache: CACHE, responses: { "200": { description: ok } } }
            post: { operationId: postA, responses: { "200": { description: ok } } }
          /a/{id}:
            get: { operationId: getOne, x-gateway-cache: CACHE, responses: { "200": { description: ok } } }
            delete: { operationId: deleteOne, responses: { "200": { description: ok } } }
        """;

    private readonly EchoUpstream _upstream;

    private CachedGateway(EchoUpstream upstream, TestGateway gateway, ManualTime time) => (_upstream, Gateway, Time) = (upstream, gateway, time);

    public TestGateway Gateway { get; }

    public ManualTime Time { get; }

    /// <summary>How many requests the upstream saw.</summary>
    public int Calls => _upstream.Requests;

    public CacheStore Store => Gateway.States.Of<CacheStore>().Single();

    /// <param name="answer">What the upstream answers.</param>
    /// <param name="cache">What <c>x-gateway-cache</c> says, as a flow mapping.</param>
    /// <param name="trusts">Whether the client is a trusted proxy.</param>
    /// <param name="memoryBytes">The cache's memory.</param>
    /// <param name="document">Another document.</param>
    /// <param name="telemetry">What counts.</param>
    public static async Task<CachedGateway> StartAsync(
        Func<HttpContext, Task> answer, string cache = "true", bool trusts = false, long memoryBytes = 16 << 20, string document = Document, GatewayTelemetry? telemetry = null)
    {
        EchoUpstream upstream = await EchoUpstream.StartAsync(answer);
        var time = new ManualTime();
        var options = new PlanOptions
        {
            Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] },
            TrustedProxies = trusts ? new TrustedProxies([IPNetwork.Parse("127.0.0.0/8")]) : TrustedProxies.None,
            Cache = new() { MemoryBytes = memoryBytes },
        };
        return new CachedGateway(upstream, await TestGateway.StartAsync(document.Replace("CACHE", cache, StringComparison.Ordinal), options, telemetry, policy: new TestCallers(), time: time), time);
    }

    /// <summary>An upstream whose every answer is another: the number of the call, with header fields of a test.</summary>
    public static Func<HttpContext, Task> Counting(params (string Name, string Value)[] headers)
    {
        int calls = 0;
        return context =>
        {
            foreach ((string name, string value) in headers)
                context.Response.Headers.Append(name, value);
            return context.Response.WriteAsync($"answer {Interlocked.Increment(ref calls)}");
        };
    }

    public async Task<HttpResponseMessage> SendAsync(string request, params (string Name, string Value)[] headers)
    {
        string[] words = request.Split(' ');
        using var message = new HttpRequestMessage(new HttpMethod(words[0]), words[1]);
        foreach ((string name, string value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await Gateway.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The body of the answer to <c>GET</c>.</summary>
    public async Task<string> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync("GET " + path, headers);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What <c>Cache-Status</c> of the answer says.</summary>
    public async Task<string> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync("GET " + path, headers);
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return string.Join(", ", response.Headers.GetValues("Cache-Status"));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
