using System.Net.Sockets;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>An answer that has broken off before anything of it went out is an error answer, not a response that is cut short.</summary>
public class BrokenOffBodyTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        x-gateway-config: { cors: { origins: ["https://app.example"] } }
        paths:
          /orders:
            get: { operationId: listOrders, responses: { "200": { description: ok } } }
        """;

    private const int Cork = 3;

    public static TheoryData<string, bool> Answers => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 40\r\nContent-Encoding: gzip\r\n\r\n", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 40\r\nContent-Encoding: gzip\r\n\r\n0123456789", false },
        { "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nContent-Encoding: gzip\r\n\r\n" + new string('a', 8000), false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\na\r\n0123456789\r\n", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n1f40\r\n" + new string('a', 8000) + "\r\n0\r\n", false },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", true },
        { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n0123456789", true },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_ThatEndsBeforeAnythingWentOut_IsAnErrorUnlessItIsWhole(string answer, bool whole)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux sends the last bytes and the end in one segment.");
        await using var upstream = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();

            // Head, body and end arrive together, so that the gateway cannot have passed on a part before it sees the end.
            connection.Socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, Cork, BitConverter.GetBytes(1));
            await connection.SendAsync(answer);
            connection.Socket.Shutdown(SocketShutdown.Send);
            await connection.ReadHeadAsync();
        });
        await using TestGateway gateway = await TestGateway.StartAsync(
            Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);

        await client.SendAsync("GET /orders HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nConnection: close\r\n\r\n");
        (string text, bool orderly) = await client.ReadToEndAsync();

        Assert.True(orderly);
        Assert.Contains("Access-Control-Allow-Origin: https://app.example\r\n", text, StringComparison.Ordinal);
        Assert.Equal(whole, text.StartsWith("HTTP/1.1 200 OK\r\n", StringComparison.Ordinal));
        Assert.Equal(whole, text.Contains("gzip", StringComparison.Ordinal));
        Assert.Equal(!whole, text.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", StringComparison.Ordinal));
        Assert.Equal(!whole, text.Contains("errors/upstream_body_incomplete", StringComparison.Ordinal) || text.Contains("\"code\":\"BAD_GATEWAY\"", StringComparison.Ordinal));
        Assert.Equal(!whole, text.Contains("Proxy-Status: headgate; error=http_response_incomplete\r\n", StringComparison.Ordinal));
    }
}
