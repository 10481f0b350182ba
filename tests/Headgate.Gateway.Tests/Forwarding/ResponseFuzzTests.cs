using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>
/// Both clients read the same mutated responses in the same splits. What the framework's client refuses the socket transport must refuse; what the socket
/// transport accepts both must have understood alike. The socket transport may be stricter.
/// </summary>
public class ResponseFuzzTests
{
    private const int Runs = 1500;

    private static readonly string[] Bases =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: b\r\n\r\nhello",
        "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX-T: u\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-A: 2\r\nX-Long: a b\tc \r\n\r\nuntil the end",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: X-Hop, close\r\nX-A: b\r\nContent-Length: 0\r\n\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\0", " ", "\t", ":", ";", ",", "=", "0", "1", "5", "F", "-1", "+5", "0x5", "A", "é", "\x7f", "\"", "\r\n ", "Content-Length: 5\r\n",
        "Content-Length: 6\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "X-A : b\r\n", "X-B\r\n", "0\r\n\r\n", "HTTP/1.1 ",
    ];

    [Fact]
    public async Task MutatedResponses_AreUnderstoodAsByTheFrameworkOrRefused()
    {
        await using ResponseProbe probe = await ResponseProbe.StartAsync();
        int accepted = 0;

        await Task.Run(() => Prop.ForAll(Responses(), segments =>
        {
            ProbedResponse own = probe.ThroughGatewayAsync(segments).GetAwaiter().GetResult();
            ProbedResponse framework = probe.DirectlyAsync(segments).GetAwaiter().GetResult();
            accepted += own.Refused ? 0 : 1;
            return own.Refused || own == framework;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(20261120, 7)));

        // A generator that only makes rubbish would show nothing.
        Assert.InRange(accepted, Runs / 5, Runs);
    }

    private static Arbitrary<byte[][]> Responses()
    {
        Gen<(int Where, int Kind, string Piece)> mutation =
            from position in Gen.Choose(0, 1000)
            from kind in Gen.Choose(0, 2)
            from piece in Gen.Elements(Pieces)
            select (position, kind, piece);
        Gen<byte[][]> generator =
            from text in Gen.Elements(Bases)
            from count in Gen.Choose(0, 3)
            from mutations in mutation.ListOf(count)
            from splits in Gen.Choose(0, 1000).ListOf(2)
            select Split(Encoding.Latin1.GetBytes(mutations.Aggregate(text, Mutate)), [.. splits]);
        return Arb.From(generator);
    }

    private static string Mutate(string text, (int Where, int Kind, string Piece) mutation)
    {
        int at = mutation.Where * text.Length / 1001;
        return mutation.Kind switch
        {
            0 => text.Insert(at, mutation.Piece),
            1 => text.Remove(at, 1),
            _ => text[..at] + mutation.Piece + text[Math.Min(text.Length, at + mutation.Piece.Length)..],
        };
    }

    private static byte[][] Split(byte[] bytes, int[] splits)
    {
        int first = splits.Min() * bytes.Length / 1001;
        int second = splits.Max() * bytes.Length / 1001;
        return [.. new[] { bytes[..first], bytes[first..second], bytes[second..] }.Where(segment => segment.Length > 0)];
    }
}
