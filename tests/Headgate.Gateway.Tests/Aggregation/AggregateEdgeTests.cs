using System.Globalization;
using System.Net;
using System.Text.Json;
using Headgate.Gateway.Forwarding.Bulkhead;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>Where answers of parts are odd, or requests follow each other on one connection.</summary>
public class AggregateEdgeTests
{
    private const int PieceBytes = 64 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The answer goes out in pieces: a part may end just before one is full, so that the next name goes beyond it.
    [Fact]
    public async Task Part_ThatEndsWhereAPieceDoes_IsFollowedByTheNext()
    {
        int length = 0;
        await using PartServices services = await PartServices.StartAsync();
        services.On("/b", "2").On("/a", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($"\"{new string('x', length - 2)}\"");
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }, { service: order-service, path: /b, field: b }]");

        for (int before = 0; before <= ",\"b\":".Length + 1; before++)
        {
            length = PieceBytes - "{\"a\":".Length - before;
            var (status, body, _) = await AggregateGateway.AskAsync(gateway);
            Assert.Equal((before, 200, $$"""{"a":"{{new string('x', length - 2)}}","b":2}"""), (before, status, body));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(", cache: 1h")]
    public async Task Answer_WithoutContent_IsNoPart_UnlessItsStatusSaysSo(string cache)
    {
        int status = 200;
        await using PartServices services = await PartServices.StartAsync();
        services.On("/a", context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = status == 204 ? null : 0;
            return Task.CompletedTask;
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, $"[{{ service: user-service, path: /a, field: a{cache} }}]");

        for (int i = 0; i < 2; i++)
        {
            var (refused, problem, _) = await AggregateGateway.AskAsync(gateway);
            Assert.Equal(502, refused);
            Assert.Contains("is no whole JSON text", problem, StringComparison.Ordinal);
        }

        status = 204;
        Assert.Equal("""{"a":null}""", (await AggregateGateway.AskAsync(gateway, with: request => request.Headers.Add("Cache-Control", "no-cache"))).Body);
    }

    // What is missing is the service's doing and not the client's.
    [Fact]
    public async Task ValueThatAnotherPartLacks_IsThatServicesFault()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada", "{}");
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, "[{ service: user-service, path: '/users/{userId}', field: user, fallback: {} }, { service: order-service, path: '/orders?of={$parts.user#/segment}', field: orders, dependsOn: user }]");

        var (status, problem, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal((502, "BAD_GATEWAY"), (status, JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString()));
        Assert.Contains("The answer of the service user-service for 'user' has no value at '/segment' with which 'orders' can be asked for.", problem, StringComparison.Ordinal);

        // What stands in for an answer lacks it because the answer failed.
        services.On("/users/ada", "{}", status: 503);
        (status, problem, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal(502, status);
        Assert.Contains("user-service answered with status 503", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(services.Asked, asked => asked.Contains("/orders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FallbackOfAPart_StandsInForItTowardsThosePartsThatWaitForIt()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada", "{}", status: 404).On("/orders", "[]");
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services,
            "[{ service: user-service, path: '/users/{userId}', field: user, fallback: { segment: none } }, { service: order-service, path: '/orders?of={$parts.user#/segment}', field: orders, dependsOn: user }]");

        var (status, body, _) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal(200, status);
        Assert.StartsWith("""{"user":{"segment":"none"},"orders":[],"errors":[{"part":"user",""", body, StringComparison.Ordinal);
        Assert.Contains("GET /orders?of=none", services.Asked);
    }

    [Theory]
    [InlineData("\"\\u0000\\ud800 \\\"\"")]
    [InlineData("{\"a\":1,\"a\":2,\"\":{}}")]
    [InlineData("-0.0E-7")]
    [InlineData("[\"\u00e9\u20ac\ud83d\ude00\"]")]
    public async Task Json_OfAPart_IsKeptAsItIs_HoweverOdd(string json)
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/a", json);
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }]");
        Assert.Equal((200, $"{{\"a\":{json}}}"), (await AggregateGateway.AskAsync(gateway)) is var (status, body, _) ? (status, body) : default);
    }

    [Theory]
    [InlineData("22FF22")]
    [InlineData("EFBBBF31")]
    [InlineData("317D2C7B")]
    [InlineData("22C3")]
    public async Task BytesOfAPart_ThatAreNoJson_NeverReachTheClient(string hex)
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/a", context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(Convert.FromHexString(hex)).AsTask();
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }]");
        Assert.Equal(502, (await AggregateGateway.AskAsync(gateway)).Status);
    }

    // What the operation does not declare as a parameter is the caller's, whatever he writes into the query.
    [Fact]
    public async Task UserOfAPath_IsTheCaller_AndNobodyWhomTheQueryNames()
    {
        await using PartServices services = await PartServices.StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: '/users/{userId}?kind={kind}', field: user }]");

        Assert.Equal(200, (await AggregateGateway.AskAsync(gateway, "/dashboard/all?userId=eve&kind=secret&sub=eve", with: request => request.Headers.Add("userId", "eve"))).Status);

        Assert.Equal(["GET /users/ada?kind=all"], services.Asked);
    }

    // A connection's parts are reused: nothing of a request that failed, or was broken off, is the next one's.
    [Fact]
    public async Task Requests_OfOneConnection_EndEachOnItsOwn()
    {
        bool fails = false;
        await using PartServices services = await PartServices.StartAsync();
        services.On("/first", context =>
        {
            context.Response.StatusCode = fails ? 500 : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("1");
        });
        services.On("/second", async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[2");
            await context.Response.Body.FlushAsync();
            if (fails)
                await Gone(context);
            await context.Response.WriteAsync("]");
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, "[{ service: user-service, path: /first, field: a, breaker: false }, { service: order-service, path: /second, field: b, breaker: false }]");
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        var statuses = new List<string>();
        for (int i = 0; i < 24; i++)
        {
            fails = i % 3 == 1;
            await client.SendAsync("GET /dashboard/all HTTP/1.1\r\nHost: shop\r\n\r\n");
            string head = (await client.ReadHeadAsync())!;
            string body = await client.ReadExactlyAsync(int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], CultureInfo.InvariantCulture));
            statuses.Add(head["HTTP/1.1 ".Length..][..3]);
            Assert.Equal((i, fails), (i, body != """{"a":1,"b":[2]}"""));
        }

        Assert.Equal(Enumerable.Range(0, 24).Select(i => i % 3 == 1 ? "502" : "200"), statuses);
    }

    // Nobody's parts go before others that came earlier: neither before a forward nor before another's.
    [Fact]
    public async Task PartsAndForwards_HaveAServicesPlaces_InTheOrderInWhichTheyCame()
    {
        var go = new TaskCompletionSource();
        await using PartServices services = await PartServices.StartAsync();
        services.On("/p0", async context =>
        {
            await go.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("0");
        });
        string parts = string.Join(", ", Enumerable.Range(0, 3).Select(i => $"{{ service: user-service, path: /p{i}, field: f{i} }}"));
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, $"[{parts}]", $"services: {{ user-service: {{ url: \"{services.Url}\", bulkhead: {{ maxConcurrent: 1, maxQueue: 100, maxWait: 20s }} }} }}");
        BulkheadState places = gateway.States.Of<BulkheadState>().Single();

        var asked = new List<Task<(int Status, string, HttpResponseMessage)>>();
        foreach ((string path, int waiting) in new[] { ("/dashboard/one", 2), ("/plain", 3), ("/dashboard/two", 6) })
        {
            asked.Add(AggregateGateway.AskAsync(gateway, path));
            await WaitUntil(() => places.Waiting == waiting);
        }

        go.SetResult();
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(["GET /p0", "GET /p1", "GET /p2", "GET /plain", "GET /p0", "GET /p1", "GET /p2"], services.Asked);
    }

    [Fact]
    public async Task StreamThatIsReset_BreaksItsPartsOff_AndNoOthers()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.Hanging("/slow").On("/quick", "1");
        await using TestGateway gateway = await TestGateway.StartAsync(
            AggregateGateway.Document("[{ service: user-service, path: '/{kind}', field: a }, { service: order-service, path: /quick, field: b }]"),
            AggregateGateway.Options(services.Url), protocols: HttpProtocols.Http2, policy: new Policies.TestCallers());
        for (int i = 1; i <= 5; i++)
        {
            using var leaving = new CancellationTokenSource();
            Task<HttpResponseMessage> asking = SendAsync(gateway, "/dashboard/slow", leaving.Token);
            int asked = i;
            await WaitUntil(() => services.Asked.Count(line => line == "GET /slow") == asked);
            using (HttpResponseMessage beside = await SendAsync(gateway, "/dashboard/quick", Stop))
                Assert.Equal("""{"a":1,"b":1}""", await beside.Content.ReadAsStringAsync(Stop));
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
            await WaitUntil(() => services.BrokenOff.Count == asked);
        }

        await WaitUntil(() => gateway.InFlight == 0);
    }

    private static Task<HttpResponseMessage> SendAsync(TestGateway gateway, string path, CancellationToken leaving)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        return gateway.Client.SendAsync(request, leaving);
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task Gone(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using (context.RequestAborted.Register(gone.SetResult))
            await gone.Task;
    }
}
