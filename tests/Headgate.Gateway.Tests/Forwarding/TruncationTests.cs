using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

public class TruncationTests
{
    private const string Length = "HTTP/1.1 200 OK\r\nContent-Length: 40\r\nX-A: b\r\n\r\n0123456789012345678901234567890123456789";
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n10\r\n0123456789abcdef\r\n0\r\nX-T: 1\r\n\r\n";
    private const string UntilClose = "HTTP/1.1 200 OK\r\nX-A: b\r\n\r\n0123456789012345678901234567890123456789";

    public static TheoryData<string, string, bool> Cases => new()
    {
        { Transports.Socket, Length, false },
        { Transports.Socket, Length, true },
        { Transports.Socket, Chunked, false },
        { Transports.Socket, Chunked, true },
        { Transports.Socket, UntilClose, true },
        { Transports.Framework, Length, false },
        { Transports.Framework, Chunked, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Answer_BrokenOffAfterAnyByte_NeverLooksComplete(string transport, string answer, bool reset)
    {
        int bytes = 0;
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.SendAsync(answer[..bytes]);
            if (reset)
                connection.Reset();
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url, transport: Transports.Make(transport));

        for (bytes = 0; bytes < answer.Length; bytes++)
        {
            // POST, so that no try is repeated; HTTP/1.0 too, whose clients know the end of a body by the close alone.
            foreach (string version in new[] { "1.1", "1.0" })
            {
                using RawConnection client = await RawConnection.ConnectAsync(host.Url);
                await client.SendAsync($"POST / HTTP/{version}\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                (string text, bool orderly) = await client.ReadToEndAsync();

                Assert.False(LooksComplete(text, orderly), $"After {bytes} bytes an HTTP/{version} client got, orderly {orderly}:\n{text}");
            }
        }
    }

    [Theory]
    [InlineData(Length)]
    [InlineData(Chunked)]
    public async Task Answer_InAnySplit_ArrivesWhole(string answer)
    {
        int split = 0;
        await using var upstream = new RawServer(async connection =>
        {
            while (await connection.ReadHeadAsync() is not null)
            {
                await connection.SendAsync(answer[..split]);
                await Task.Yield();
                await connection.SendAsync(answer[split..]);
            }
        });
        await using ForwardingHost host = await ForwardingHost.StartAsync(upstream.Url);
        using RawConnection client = await RawConnection.ConnectAsync(host.Url);
        string end = answer == Length ? "0123456789012345678901234567890123456789" : "0\r\nX-T: 1\r\n\r\n";

        for (split = 1; split < answer.Length; split++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 OK", await client.ReadHeadAsync(), StringComparison.Ordinal);
            Assert.NotNull(await client.ReadUntilAsync(end));
        }

        Assert.Equal(1, upstream.Accepted);
    }

    private static bool LooksComplete(string text, bool orderly)
    {
        int headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (headEnd < 0 || text.StartsWith("HTTP/1.1 502", StringComparison.Ordinal))
            return false;
        string body = text[(headEnd + 4)..];
        if (text.Contains("Content-Length: 40", StringComparison.OrdinalIgnoreCase))
            return body.Length == 40;
        return text.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal) || body.Contains("X-T", StringComparison.Ordinal) : orderly;
    }
}
