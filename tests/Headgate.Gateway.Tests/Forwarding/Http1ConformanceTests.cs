using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

public class Http1ConformanceTests
{
    // Not refusals of the message but states of that parser: it pauses for its caller, or meets bytes behind a complete message.
    private static bool IsAboutTheMessage(Http1Fixture fixture) =>
        !fixture.Error!.StartsWith("Pause on", StringComparison.Ordinal) && !fixture.Error.StartsWith("Data after", StringComparison.Ordinal);

    [Fact]
    public async Task InvalidResponses_AreRefused()
    {
        await using ResponseProbe probe = await ResponseProbe.StartAsync();
        var failures = new List<string>();
        foreach (Http1Fixture fixture in Http1Fixture.Load().Where(fixture => fixture is { Type: "response", Error: not null } && IsAboutTheMessage(fixture)))
        {
            ProbedResponse seen = await probe.ThroughGatewayAsync(fixture.Input);
            if (!seen.Refused)
                failures.Add($"{fixture.Name} ({fixture.Error}): {seen}");
        }

        Assert.Equal("", string.Join("\n\n", failures));
    }

    [Fact]
    public async Task ValidResponses_PassOrAreRefusedForAStatedReason()
    {
        await using ResponseProbe probe = await ResponseProbe.StartAsync();
        var failures = new List<string>();
        foreach (Http1Fixture fixture in Http1Fixture.Load().Where(fixture => fixture is { Type: "response", Error: null }))
        {
            ProbedResponse seen = await probe.ThroughGatewayAsync(fixture.Input);
            if (seen.Refused != StricterThanFixtures.Responses.ContainsKey(fixture.Name))
                failures.Add($"{fixture.Name} refused={seen.Refused} {Encoding.Latin1.GetString(fixture.Input)}");
        }

        Assert.Equal("", string.Join("\n\n", failures));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_InvalidOnesAreNeverForwarded_ValidOnesPassOrAreRefusedForAStatedReason(bool invalid)
    {
        await using var upstream = new RawServer(AnswerCompleteRequestsAsync);
        TimeSpan limit = TimeSpan.FromSeconds(1);
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, new UpstreamTimeouts(limit, limit, limit, limit));
        Http1Fixture[] fixtures = [.. Http1Fixture.Load().Where(fixture => fixture.Type == "request" && fixture.Error is not null == invalid && (!invalid || IsAboutTheMessage(fixture)))];

        string?[] failures = await Task.WhenAll(fixtures.Select(async fixture =>
        {
            using RawConnection client = await RawConnection.ConnectAsync(host.Url);
            string answer = await AskAsync(client, WithHost(fixture.Input));
            bool forwarded = answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal);
            bool expected = invalid ? StricterThanFixtures.OwnPolicyOfThatParser.Contains(fixture.Name) : !StricterThanFixtures.Requests.ContainsKey(fixture.Name);
            return forwarded == expected ? null : $"{fixture.Name} ({fixture.Error}) forwarded={forwarded}: {answer.Split('\r')[0]}\n{Encoding.Latin1.GetString(fixture.Input)}";
        }));

        Assert.Equal("", string.Join("\n\n", failures.OfType<string>()));
    }

    private static async Task<string> AskAsync(RawConnection client, byte[] request)
    {
        try
        {
            await client.SendAsync(request);
            string? head = await client.ReadHeadAsync();
            while (head?.StartsWith("HTTP/1.1 100", StringComparison.Ordinal) == true)
                head = await client.ReadHeadAsync();
            return head ?? "closed";
        }
        catch (IOException)
        {
            return "reset";
        }
    }

    // The fixtures leave Host out, which a server must refuse (RFC 9112 §3.2): it is added, so that what is refused is the fixture's point.
    private static byte[] WithHost(byte[] request)
    {
        string text = Encoding.Latin1.GetString(request);
        int lineEnd = text.IndexOf("\r\n", text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 0, StringComparison.Ordinal);
        bool hasHost = text.Contains("\nHost:", StringComparison.OrdinalIgnoreCase) || lineEnd <= 0 || text[..lineEnd].TrimStart().Contains('\n');
        return hasHost ? request : Encoding.Latin1.GetBytes(text.Insert(lineEnd, "\r\nHost: a"));
    }

    // Answers 200 to a request that is complete by its framing, and to no other.
    private static async Task AnswerCompleteRequestsAsync(RawConnection connection)
    {
        while (await connection.ReadHeadAsync() is { } head)
        {
            string? length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            {
                if (await connection.ReadUntilAsync("0\r\n") is null || await connection.ReadUntilAsync("\r\n") is null)
                    return;
            }
            else if (length is not null)
            {
                int count = int.Parse(length["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
                if ((await connection.ReadExactlyAsync(count)).Length < count)
                    return;
            }

            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
    }
}
