using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Explaining;

/// <summary>What <c>explain</c> says of limits is what they do, before, at and after their bound; and explaining takes nothing from them.</summary>
public class LimitVerdictTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RateLimit_IsExplainedAsItAnswers_AndNothingIsTaken()
    {
        await using Subject subject = await Subject.StartAsync("rateLimit: { limits: [{ name: mine, by: ip, limit: 3, window: 1h }, { name: ours, by: user, limit: 9, window: 1h }] }");
        for (int i = 0; i < 5; i++)
        {
            for (int again = 0; again < 3; again++)
                Assert.Equal(i < 3 ? 200 : 429, await subject.ExplainedAsync("/a"));
            Assert.Equal(i < 3 ? 200 : 429, await subject.AnsweredAsync("/a"));
        }

        JsonElement[] steps = [.. (await subject.ExplainAsync("/a")).GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("by").GetString() == "rate-limit")];
        Assert.Equal("refused", Assert.Single(steps).GetProperty("decision").GetString());
        Assert.Equal("'mine' (3 in 1h, by ip) of 127.0.0.1: 0 left, counted by this process alone", steps[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("addresses: { deny: 127.0.0.0/8 }", "/a", 403)]
    [InlineData("addresses: { allow: 127.0.0.1 }", "/a", 200)]
    [InlineData("addresses: { allow: 10.0.0.0/8 }", "/a", 403)]
    [InlineData("limits: { requestUrl: 8B }", "/a?q=123", 200)]
    [InlineData("limits: { requestUrl: 8B }", "/a?q=1234", 414)]
    [InlineData("limits: { concurrency: 1 }", "/a", 200)]
    public async Task Policy_IsExplainedAsItAnswers(string config, string target, int status)
    {
        await using Subject subject = await Subject.StartAsync(config);
        Assert.Equal((status, status), (await subject.ExplainedAsync(target), await subject.AnsweredAsync(target)));
    }

    [Fact]
    public async Task OutboundLimit_IsExplainedAsItAnswers()
    {
        await using Subject subject = await Subject.StartAsync("", "rateLimit: { limit: 1, window: 1h }");
        Assert.Equal((200, 200), (await subject.ExplainedAsync("/a"), await subject.AnsweredAsync("/a")));
        Assert.Equal((503, 503), (await subject.ExplainedAsync("/a"), await subject.AnsweredAsync("/a")));
    }

    [Fact]
    public async Task ConcurrencyLimit_IsExplainedAsItAnswers_WhileARequestIsUnderWay()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Subject subject = await Subject.StartAsync("limits: { concurrency: { by: global, limit: 1 } }", answer: () => go.Task);
        Task<int> held = subject.AnsweredAsync("/a");
        await Until.TrueAsync(() => subject.Calls == 1, "the upstream has the request");
        Assert.Equal((429, 429), (await subject.ExplainedAsync("/a"), await subject.AnsweredAsync("/a")));
        go.SetResult();
        Assert.Equal(200, await held);
    }

    private sealed class Subject : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory;
        private readonly TestUpstream _upstream;
        private readonly TestGateway _gateway;

        private Subject(TemporaryDirectory directory, TestUpstream upstream, TestGateway gateway) => (_directory, _upstream, _gateway) = (directory, upstream, gateway);

        public int Calls => _upstream.Requests.Count;

        public static async Task<Subject> StartAsync(string config, string service = "", Func<Task>? answer = null)
        {
            var directory = new TemporaryDirectory();
            TestUpstream upstream = await TestUpstream.StartAsync(_ => answer?.Invoke() ?? Task.CompletedTask);
            string document = $$"""
                openapi: 3.1.0
                info: { title: Limits, version: "1" }
                x-gateway-config:
                  services: { only: { url: "{{upstream.Url}}", {{service}} } }
                  {{config}}
                paths:
                  /a: { get: { operationId: a, x-gateway-backend: only, responses: { "200": { description: ok } } } }
                """;
            return new Subject(directory, upstream, await TestGateway.StartAsync(directory.Write("limits.yaml", document), upstream.Url));
        }

        public async Task<JsonElement> ExplainAsync(string target)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/explain") { Headers = { { "X-Admin-Key", TestGateway.AdminKeyText } } };
            request.Content = JsonContent.Create(new { method = "GET", url = target });
            using HttpResponseMessage response = await _gateway.Admin.SendAsync(request, Stop);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        }

        public async Task<int> ExplainedAsync(string target) =>
            (await ExplainAsync(target)).GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 200;

        public async Task<int> AnsweredAsync(string target)
        {
            using HttpResponseMessage response = await _gateway.Client.GetAsync(target, Stop);
            return (int)response.StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            await _gateway.DisposeAsync();
            await _upstream.DisposeAsync();
            _directory.Dispose();
        }
    }
}
