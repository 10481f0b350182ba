using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headgate.Gateway.Tests.Policies.RateLimit;

/// <summary>What callers of a limited gateway see.</summary>
public class RateLimitPolicyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_OfALimitedOperation_TellWhatIsLeft()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ name: per-user, by: user, limit: 100, window: 1m }] }"));
        for (int i = 1; i <= 3; i++)
        {
            using HttpResponseMessage response = await gateway.SendAsync("GET /a", (TestCallers.User, "ada"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("\"per-user\";q=100;w=60", Assert.Single(response.Headers.GetValues("RateLimit-Policy")));
            Assert.Equal($"\"per-user\";r={100 - i};t={(i * 3 + 4) / 5}", Assert.Single(response.Headers.GetValues("RateLimit")));
            Assert.Null(response.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task Refusal_IsToldInTheProblem_WithRetryAfter()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ name: slow, by: user, limit: 1, window: 1m }] }"));
        await gateway.StatusAsync("GET /a", (TestCallers.User, "ada"));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", (TestCallers.User, "ada"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(60), response.Headers.RetryAfter!.Delta);
        Assert.Equal("\"slow\";r=0;t=60", Assert.Single(response.Headers.GetValues("RateLimit")));
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal("RATE_LIMIT_EXCEEDED", problem.GetProperty("code").GetString());
        Assert.Equal("Rate limit exceeded. Try again in 60 seconds.", problem.GetProperty("detail").GetString());
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task Refusal_InTheEnvelope_IsThatOfTheReference()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("errors: envelope, rateLimit: { limits: [{ name: slow, by: user, limit: 1, window: 1m }] }"));
        await gateway.StatusAsync("GET /a");
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");

        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.False(body.GetProperty("success").GetBoolean());
        Assert.Equal("RATE_LIMIT_EXCEEDED", body.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("Rate limit exceeded. Try again in 60 seconds.", body.GetProperty("error").GetProperty("message").GetString());
        JsonElement meta = body.GetProperty("meta");
        Assert.Equal((60, 1, 0), (meta.GetProperty("retry_after").GetInt32(), meta.GetProperty("limit").GetInt32(), meta.GetProperty("remaining").GetInt32()));
        Assert.Equal("2026-01-02T00:01:00Z", meta.GetProperty("reset").GetString());
    }

    [Fact]
    public async Task Refusal_InTheServiceDialect_SaysWhenToTryAgain()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("errors: service, rateLimit: { limits: [{ name: slow, by: user, limit: 1, window: 1m }] }"));
        await gateway.StatusAsync("GET /a");
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");

        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(60, body.GetProperty("error").GetProperty("retryAfter").GetInt32());
    }

    [Fact]
    public async Task SeveralLimits_StandInSeveralItems()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ name: per-user, by: user, limit: 10, window: 10s }, { name: all, by: global, limit: 1000, window: 1m }] }"));
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", (TestCallers.User, "ada"));

        Assert.Equal(["\"all\";q=1000;w=60", "\"per-user\";q=10;w=10"], response.Headers.GetValues("RateLimit-Policy").Order());
        Assert.Equal(["\"all\";r=999;t=1", "\"per-user\";r=9;t=1"], response.Headers.GetValues("RateLimit").Order());
    }

    [Theory]
    [InlineData("user", "tenant", "api-key")]
    [InlineData("global", "ip", "header:X-Plan")]
    [InlineData("global", "user", "tenant")]
    [InlineData("ip", "global", "user")]
    public async Task Request_ThatOneLimitRefuses_HasEatenNoneOfTheOthers(string first, string second, string refusing)
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document(
            $"rateLimit: {{ limits: [{{ name: first, by: '{first}', limit: 100, window: 1h }}, {{ name: second, by: '{second}', limit: 100, window: 1h }}, {{ name: third, by: '{refusing}', limit: 2, window: 1h }}] }}"));
        (string, string)[] caller = [(TestCallers.User, "ada"), (TestCallers.Tenant, "acme"), (TestCallers.ApiKey, "k1"), ("X-Plan", "gold")];

        Assert.Equal(2, await gateway.AdmittedAsync(20, "GET /a", caller));

        using HttpResponseMessage response = await gateway.SendAsync("GET /a", caller);
        Assert.Equal(["\"first\";r=98;t=72", "\"second\";r=98;t=72", "\"third\";r=0;t=3600"], response.Headers.GetValues("RateLimit").Order());
    }

    [Fact]
    public async Task Upstream_ThatSendsLimitsOfItsOwn_IsNotMistakenForTheGateway()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: ip, limit: 10, window: 10s }] }"),
            context =>
            {
                context.Response.Headers["RateLimit"] = "\"theirs\";r=1;t=1";
                return Task.CompletedTask;
            });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a");
        Assert.Equal(["\"ip\";r=9;t=1"], response.Headers.GetValues("RateLimit"));
    }

    [Fact]
    public async Task Quota_AfterItsTime_IsWholeAgain()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: user, limit: 5, window: 10s }] }"));
        Assert.Equal(5, await gateway.AdmittedAsync(8, "GET /a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, await gateway.AdmittedAsync(8, "GET /a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(5, await gateway.AdmittedAsync(8, "GET /a"));
    }

    [Fact]
    public async Task Burst_OfTheLeakyBucket_IsShorterThanTheLimit()
    {
        // "100 requests per minute per user, but allow short bursts via a leaky bucket".
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(LimitedGateway.Document("rateLimit: { limits: [{ by: user, limit: 100, window: 1m, burst: 20 }] }"));
        Assert.Equal(20, await gateway.AdmittedAsync(30, "GET /a"));
        gateway.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(10, await gateway.AdmittedAsync(30, "GET /a"));
    }

    [Fact]
    public async Task SixtyFourParallelClients_AreAdmittedExactlyTheLimit()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("rateLimit: { limits: [{ by: ip, limit: 100, window: 1h }, { by: user, limit: 1000, window: 1h }] }"));
        int[] admitted = await Task.WhenAll(Enumerable.Range(0, 64).Select(client => gateway.AdmittedAsync(5, "GET /a", (TestCallers.User, $"user-{client}"))));
        Assert.Equal((100, 100), (admitted.Sum(), gateway.Calls));
    }

    [Fact]
    public async Task Preflight_IsNotCounted()
    {
        await using LimitedGateway gateway = await LimitedGateway.StartAsync(
            LimitedGateway.Document("cors: { origins: ['https://app.example'] }, rateLimit: { limits: [{ by: ip, limit: 1, window: 1h }] }"));
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage preflight = await gateway.SendAsync("OPTIONS /a", ("Origin", "https://app.example"), ("Access-Control-Request-Method", "GET"));
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
            Assert.False(preflight.Headers.Contains("RateLimit"));
        }

        Assert.Equal(1, await gateway.AdmittedAsync(2, "GET /a"));
    }
}
