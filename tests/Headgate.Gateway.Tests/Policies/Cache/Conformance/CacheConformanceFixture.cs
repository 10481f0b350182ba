using System.Text;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>
/// Runs every case once, one after the other, against a gateway with <c>cache: true</c>, and without a circuit breaker: the service is one for all cases, and those in which it fails on purpose would
/// have the breaker refuse the next.
/// </summary>
public sealed class CacheConformanceFixture : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Cache tests, version: "1" }
        x-gateway-config: { cache: true, circuitBreaker: false }
        paths:
          /test/{id}:
            get: { operationId: read, responses: { "200": { description: ok } } }
            post: { operationId: write, requestBody: { content: { "*/*": {} } }, responses: { "200": { description: ok } } }
        """;

    private readonly Dictionary<string, string?> _problems = [];

    /// <summary>What failed in a case; null when all was as expected.</summary>
    public string? ProblemOf(string id) => _problems[id];

    /// <summary>How many cases of a kind are as expected, and how many there are.</summary>
    public (int Passed, int All) CountOf(string kind)
    {
        CacheCase[] cases = [.. CacheVectors.Cases.Where(test => test.Kind == kind)];
        return (cases.Count(test => ProblemOf(test.Id) is null), cases.Length);
    }

    public async ValueTask InitializeAsync()
    {
        var time = new ManualTime();
        await using var origin = new ScriptedOrigin(time);
        await using TestGateway gateway = await TestGateway.StartAsync(
            Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [origin.Url] } }, time: time);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 }) { BaseAddress = gateway.Url };
        var runner = new CaseRunner(client, origin, time);
        foreach (CacheCase test in CacheVectors.Cases)
            _problems[test.Id] = await runner.RunAsync(test);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
