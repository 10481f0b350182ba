using System.Collections.Concurrent;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>A request with a key is carried out apart from its client's connection, and answered on it: nothing of either may be taken for the other's.</summary>
public class DetachedAnswerTests
{
    private const string Large = "large";
    private const string Broken = "broken";

    [Fact]
    public async Task AnswersOfOneConnection_SmallLargeAndBrokenOff_AreEachToldOnTheirOwn()
    {
        string large = new('x', 300_000);
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, number) => context.Request.Headers["Wanted"].ToString() switch
        {
            Large => context.Response.WriteAsync(large),
            Broken => BreakOffAsync(context),
            _ => context.Response.WriteAsync($"no {number}"),
        };
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Client.BaseAddress!);

        var answers = new List<(string Head, string Body)>();
        foreach (string wanted in new[] { "small", Large, "small", Broken, "small", Large })
            answers.Add(await AskAsync(client, $"k{answers.Count}", wanted));

        Assert.Equal(["no 1", large, "no 3", "", "no 5", large], answers.Select(answer => answer.Head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) ? answer.Body : ""));
        Assert.StartsWith("HTTP/1.1 502", answers[3].Head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Begun", answers[3].Head, StringComparison.OrdinalIgnoreCase);
        Assert.All(answers, answer => Assert.Equal(answer.Body == large, answer.Head.Contains("chunked", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Request_InChunksWithAnExpectationAndAnUpgrade_GoesOnAsOneOfKnownLength()
    {
        var seen = new ConcurrentQueue<string>();
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, _) =>
        {
            IHeaderDictionary fields = context.Request.Headers;
            seen.Enqueue($"{fields.ContentLength} {fields.TransferEncoding}{fields.Expect}{fields.Upgrade}");
            return Task.CompletedTask;
        };
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Client.BaseAddress!);

        await client.SendAsync(
            "POST /orders HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
        string? interim = await client.ReadHeadAsync();
        await client.SendAsync("2\r\n{}\r\n0\r\n\r\n");
        string? head = await client.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 100", interim, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
        Assert.Equal("2 ", Assert.Single(seen));
    }

    [Fact]
    public async Task Retry_SendsTheWholeBodyAgain_UnderTheSameKey()
    {
        var bodies = new ConcurrentQueue<string>();
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync("retry: { attempts: 2, baseDelay: 1ms },");
        gateway.Service.ReadsBody = bodies.Enqueue;
        gateway.Service.Answer = (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status201Created;
            return Task.CompletedTask;
        };

        ShownAnswer answer = await gateway.PostAsync("/orders", "k", """{"a":1}""");

        Assert.Equal(201, answer.Status);
        Assert.Equal(["""{"a":1}""", """{"a":1}"""], bodies);
        Assert.Equal(["k", "k"], gateway.Service.Keys);
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 10;
        context.Response.Headers["X-Begun"] = "yes";
        await context.Response.WriteAsync("five!");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static async Task<(string Head, string Body)> AskAsync(RawConnection client, string key, string wanted)
    {
        await client.SendAsync($"POST /payments HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: {key}\r\nWanted: {wanted}\r\nContent-Length: 2\r\n\r\n{{}}");
        string head = await client.ReadHeadAsync() ?? "";
        if (HeadField(head, "Content-Length") is { } length)
            return (head, await client.ReadExactlyAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)));
        var body = new System.Text.StringBuilder();
        while (await client.ReadUntilAsync("\r\n") is { } size && int.Parse(size.Trim(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) is var bytes && bytes > 0)
        {
            body.Append(await client.ReadExactlyAsync(bytes));
            await client.ReadExactlyAsync(2);
        }

        await client.ReadExactlyAsync(2);
        return (head, body.ToString());
    }

    private static string? HeadField(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?.Split(':', 2)[1].Trim();
}
