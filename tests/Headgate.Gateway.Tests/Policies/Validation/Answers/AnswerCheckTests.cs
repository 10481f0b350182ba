using System.Net;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Validation.Answers;

/// <summary>Answers that break the document are counted and logged; the client gets every one of them as it came.</summary>
public sealed class AnswerCheckTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Answers, version: "1" }
        x-gateway-config: { cors: { origins: ["https://page.example"] } }
        paths:
          /order:
            get:
              operationId: getOrder
              responses:
                "200":
                  description: The order
                  headers:
                    X-Total: { required: true, schema: { type: integer } }
                    X-Tags: { schema: { type: array, items: { enum: [a, b] } } }
                    Content-Type: { required: true, schema: { enum: [never] } }
                  content:
                    application/json: { schema: { $ref: "#/components/schemas/Order" } }
                    text/csv: { schema: { type: string } }
                "204": { description: None }
                "4XX": { description: An error, content: { application/json: { schema: { type: object, required: [error] } } } }
          /any: { get: { operationId: getAny, responses: { default: { description: Anything, content: { application/*: { schema: { type: object } } } } } } }
        components:
          schemas:
            Order:
              type: object
              required: [id, secret]
              additionalProperties: false
              properties: { id: { type: string, readOnly: true }, secret: { type: string, writeOnly: true }, by: { type: object, additionalProperties: { type: integer } } }
        """;

    [Theory]
    [InlineData(200, "application/json", """{"id":"1"}""", "", "", "X-Total: 1")]
    [InlineData(200, "application/json; charset=utf-8", """{"id":"1"}""", "", "", "X-Total: 1", "X-Tags: a, b")]
    [InlineData(200, "text/csv", "anything", "", "", "X-Total: 1")]
    [InlineData(204, null, "", "", "")]
    [InlineData(304, null, "", "", "")]
    [InlineData(404, "application/json", """{"error":1}""", "", "")]
    [InlineData(206, "application/json", """{"id""", "getOrder status 1", " has a status that is not declared", "X-Total: 1")]
    [InlineData(500, "application/json", "{}", "getOrder status 1", " has a status that is not declared")]
    [InlineData(404, "application/json", "{}", "getOrder body 1", "/error is required")]
    [InlineData(200, "application/json", "{}", "getOrder body 1", "/id is required", "X-Total: 1")]
    [InlineData(200, "application/json", "", "getOrder body 1", " is empty where JSON is expected", "X-Total: 1")]
    [InlineData(200, "application/json", """{"id":"1","secret":"s"}""", "getOrder body 1", "/secret is write-only: a response must not have it", "X-Total: 1")]
    [InlineData(200, "application/json", """{"id":1,"by":{"Ann":"x"},"more":1}""", "getOrder body 1", "/id must be string, is number (2 more)", "X-Total: 1")]
    [InlineData(200, "application/json", """{"id":"1","by":{"Ann":"x"}}""", "getOrder body 1", "/by/* must be integer, is string", "X-Total: 1")]
    [InlineData(200, "text/html", "<html>", "getOrder media_type 1", " has a media type that is not declared for its status; declared is application/json, text/csv", "X-Total: 1")]
    [InlineData(200, null, "{}", "getOrder media_type 1", " has no media type", "X-Total: 1")]
    [InlineData(200, "application/json", """{"id":"1"}""", "getOrder header 1", "X-Total is missing")]
    [InlineData(200, "application/json", """{"id":"1"}""", "getOrder header 1", "X-Tags must be one of \"a\", \"b\"", "X-Total: 1", "X-Tags: a,c")]
    public async Task Answer_IsHeldToTheDocument_AndPassedOnAsItIs(int status, string? contentType, string body, string faults, string told, params string[] headers)
    {
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, context => AnswerAsync(context, status, contentType, body, headers));
        using HttpResponseMessage answer = await gateway.Gateway.Client.GetAsync(new Uri("/order", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await gateway.IsJudgedAsync();
        Assert.Equal(faults, gateway.Faults);
        Assert.Equal(faults.Length == 0 ? "valid 1" : "broken 1", gateway.Results);
        Assert.Equal(told.Length == 0 ? 0 : 1, gateway.Log.Messages.Count);
        Assert.All(gateway.Log.Messages, line => Assert.EndsWith(told, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatTheClientSentAndTheAnswerHeld_IsNotLogged()
    {
        const string secret = "4111111111111111";
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(
            Document, context => AnswerAsync(context, 200, "application/json", """{"id":["SECRET"],"SECRET":1,"by":{"SECRET":"SECRET"}}""".Replace("SECRET", secret, StringComparison.Ordinal), ["X-Total: " + secret + "x", "X-Tags: " + secret]));
        using HttpResponseMessage answer = await gateway.Gateway.Client.GetAsync(new Uri($"/order?token={secret}", UriKind.Relative), TestContext.Current.CancellationToken);

        await gateway.IsJudgedAsync();
        Assert.Equal("getOrder header 2, getOrder body 1", gateway.Faults);
        Assert.Equal(3, gateway.Log.Messages.Count);
        Assert.All(gateway.Log.Messages, line => Assert.DoesNotContain(secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_OfTheGatewayItself_AndPreflights_AreNotLookedAt()
    {
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, _ => Task.CompletedTask);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/order") { Headers = { { "Origin", "https://page.example" }, { "Access-Control-Request-Method", "GET" } } };
        using HttpResponseMessage allowed = await gateway.Gateway.Client.SendAsync(preflight, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/any") { Headers = { { "Accept", "image/png" } } };
        using HttpResponseMessage refused = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotAcceptable), (allowed.StatusCode, refused.StatusCode));
        Assert.Equal("", gateway.Results);
    }

    [Fact]
    public async Task Head_HasTheFieldsOfGet_AndNoBodyToJudge()
    {
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, context => AnswerAsync(context, 200, "application/json", "", ["X-Total: 1", "Content-Length: 9"]));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/order");
        using HttpResponseMessage answer = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await gateway.IsJudgedAsync();
        Assert.Equal(("valid 1", ""), (gateway.Results, gateway.Faults));
    }

    [Theory]
    [InlineData("gzip", "compressed 1")]
    [InlineData("identity", "broken 1")]
    public async Task Body_ThatIsCompressed_IsSaidNotToBeLookedAt(string encoding, string results)
    {
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, context => AnswerAsync(context, 200, "application/json", "no JSON", ["X-Total: 1", $"Content-Encoding: {encoding}"]));
        using HttpResponseMessage answer = await gateway.Gateway.Client.GetAsync(new Uri("/order", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("no JSON", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await gateway.IsJudgedAsync();
        Assert.Equal(results, gateway.Results);
    }

    // Around what goes out with the head, what is judged on the event thread, what one buffer holds, and the bound; by length, in chunks, over both protocols.
    [Theory]
    [InlineData(100, true, "broken 1")]
    [InlineData(40_000, true, "broken 1")]
    [InlineData(40_000, false, "broken 1")]
    [InlineData(AnswerWatch.MostBytes - 2, true, "broken 1")]
    [InlineData(AnswerWatch.MostBytes - 2, false, "broken 1")]
    [InlineData(AnswerWatch.MostBytes - 1, true, "too_large 1")]
    [InlineData(AnswerWatch.MostBytes - 1, false, "too_large 1")]
    [InlineData(3_000_000, false, "too_large 1")]
    public async Task Body_OfAnySize_ArrivesWhole_AndIsJudgedUpToTheBound(int length, bool declaresLength, string results)
    {
        string body = $"\"{new string('x', length)}\"";
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, context => AnswerAsync(context, 200, "application/json", body, ["X-Total: 1", .. declaresLength ? [$"Content-Length: {body.Length}"] : Array.Empty<string>()]));
        for (int i = 0; i < 2; i++)
        {
            string received = await gateway.Gateway.Client.GetStringAsync(new Uri("/order", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(body.Length, received.Length);
        }

        // A large one is judged when the client has it already.
        await Forwarding.Condition.BecomesTrueAsync(() => gateway.Results == results.Replace('1', '2'));
    }

    // The client has the first part before the service has made the second: nothing waits for the judgement.
    [Fact]
    public async Task Body_ThatStreams_StreamsOn()
    {
        var second = new TaskCompletionSource();
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"wrong":""", TestContext.Current.CancellationToken);
            await context.Response.Body.FlushAsync(TestContext.Current.CancellationToken);
            await second.Task;
            await context.Response.WriteAsync("1}", TestContext.Current.CancellationToken);
        });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Url);
        await client.SendAsync("GET /any HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await client.ReadUntilAsync("""{"wrong":""");
        Assert.Equal("", gateway.Results);
        second.SetResult();
        await client.ReadToEndAsync();

        await gateway.IsJudgedAsync();
        Assert.Equal("valid 1", gateway.Results);
    }

    [Fact]
    public async Task Body_ThatBreaksOff_IsNotJudged()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":");
        });
        var watch = new AnswerWatch(TimeProvider.System, new RecordingLogger<AnswerWatch>());

        // The client sees the connection end before the request has: that it has when the gateway stops.
        await using (TestGateway gateway = await TestGateway.StartAsync(Document, new() { Upstream = upstream.Url, Answers = watch }))
        {
            using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
            await client.SendAsync("GET /any HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await client.ReadToEndAsync();
        }

        Assert.Equal(1, watch.ReadResults().Single(sample => sample.Labels[0] == "incomplete").Value);
    }

    [Fact]
    public async Task Upgrade_IsLeftAlone()
    {
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhello");
            await connection.ReadUntilAsync("bye");
        });
        var watch = new AnswerWatch(TimeProvider.System, new RecordingLogger<AnswerWatch>());
        await using TestGateway gateway = await TestGateway.StartAsync(Document, new() { Upstream = upstream.Url, Answers = watch });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        await client.SendAsync("GET /order HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
        await client.ReadUntilAsync("hello");
        await client.SendAsync("bye");
        await client.ReadToEndAsync();

        Assert.DoesNotContain(watch.ReadResults(), sample => sample.Value > 0);
    }

    [Fact]
    public async Task LogLines_OfOneSecond_AreBounded_AndTheRestIsCounted()
    {
        var time = new ManualTime();
        await using WatchedGateway gateway = await WatchedGateway.StartAsync(Document, context => AnswerAsync(context, 500, null, "", []), time);
        for (int i = 0; i < 15; i++)
            await gateway.Gateway.Client.GetAsync(new Uri("/order", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(AnswerWatch.MostLinesPerSecond, gateway.Log.Messages.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        await gateway.Gateway.Client.GetAsync(new Uri("/order", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("5 more answers broke their documents in that second", gateway.Log.Messages);
        Assert.Equal("getOrder status 16", gateway.Faults);
    }

    [Fact]
    public void Memory_OfAllAnswers_HasABound()
    {
        var watch = new AnswerWatch(TimeProvider.System, new RecordingLogger<AnswerWatch>());
        List<byte[]> held = [];
        while (watch.TryHold(AnswerWatch.MostBytes) is { Length: > 0 } room)
            held.Add(room);

        Assert.Equal(AnswerWatch.MostHeldBytes, held.Sum(room => (long)room.Length));
        watch.LetGo(held[0]);
        Assert.NotEmpty(watch.TryHold(AnswerWatch.MostBytes));
    }

    [Fact]
    public void Schema_ThatCannotBeApplied_KeepsNothingFromRunning()
    {
        string broken = Document.Replace("by: { type: object,", "by: { type: object, pattern: '(', ", StringComparison.Ordinal);
        var watch = new AnswerWatch(TimeProvider.System, new RecordingLogger<AnswerWatch>());
        var result = TestGateway.Compile(new() { Upstream = new Uri("http://127.0.0.1:9"), Answers = watch }, broken);

        Assert.Equal("HG2750", Assert.Single(result.Documents[0].Diagnostics.Items).Code);
        Assert.Equal(2, result.Plan.Apis[0].Operations.Count);
    }

    [Fact]
    public void WithoutTheSetting_NoPolicyIsThere()
    {
        var result = TestGateway.Compile(new() { Upstream = new Uri("http://127.0.0.1:9") }, Document);

        Assert.All(result.Plan.Apis[0].Operations, operation => Assert.DoesNotContain(operation.ResponsePolicies, policy => policy is AnswerCheckPolicy));
    }

    private static async Task AnswerAsync(HttpContext context, int status, string? contentType, string body, string[] headers)
    {
        context.Response.StatusCode = status;
        foreach (string header in headers)
            context.Response.Headers.Append(header.Split(": ")[0], header.Split(": ")[1]);
        if (contentType is not null)
            context.Response.Headers.ContentType = contentType;
        if (body.Length > 0)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        else if (status is >= 200 and not (204 or 304) && context.Response.ContentLength is null)
            context.Response.ContentLength = 0;
    }
}
