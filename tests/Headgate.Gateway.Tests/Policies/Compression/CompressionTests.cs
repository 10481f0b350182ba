using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Compression;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Compression;

/// <summary>Which answers are compressed, and that the client gets what the service sent.</summary>
public class CompressionTests
{
    private static readonly string s_large = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{\"id\":\"product{i}\",\"stock\":{i % 7}}},"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br", true)]
    [InlineData("br", false)]
    [InlineData("gzip", true)]
    [InlineData("gzip", false)]
    public async Task Answer_ThatIsWorthIt_ComesSmallerAndWhole(string coding, bool hasLength)
    {
        await using LimitedGateway gateway = await StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = hasLength ? s_large.Length : null;
            await context.Response.WriteAsync(s_large);
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("Accept-Encoding", coding));

        Assert.Equal(coding, response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        byte[] sent = await response.Content.ReadAsByteArrayAsync(Stop);
        Assert.InRange(sent.Length, 1, s_large.Length / 5);
        Assert.Equal(s_large, Decode(sent, coding));
    }

    [Fact]
    public async Task Answer_OfManyMebibytes_StreamsThroughWhole()
    {
        byte[] block = Encoding.ASCII.GetBytes(s_large)[..(32 * 1024)];
        const int blocks = 512;
        await using LimitedGateway gateway = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            for (int i = 0; i < blocks; i++)
                await context.Response.Body.WriteAsync(block);
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("Accept-Encoding", "br"));
        await using Stream decoded = new BrotliStream(await response.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        byte[] received = await SHA256.HashDataAsync(decoded, Stop);

        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < blocks; i++)
            expected.AppendData(block);
        Assert.Equal(expected.GetCurrentHash(), received);
    }

    [Theory]
    [InlineData("Content-Type", "image/png")]
    [InlineData("Content-Encoding", "zstd")]
    [InlineData("Cache-Control", "private, no-transform")]
    [InlineData("Content-MD5", "Q2hlY2sgSW50ZWdyaXR5IQ==")]
    public async Task Answer_ThatIsNotOpenToIt_GoesOutAsItIs(string name, string value)
    {
        await using LimitedGateway gateway = await StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers[name] = value;
            await context.Response.WriteAsync(s_large);
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("Accept-Encoding", "gzip, br"));
        Assert.Equal(name == "Content-Encoding" ? ["zstd"] : [], response.Content.Headers.ContentEncoding);
        Assert.Equal(s_large, await response.Content.ReadAsStringAsync(Stop));
    }

    // RFC 9110 §15.4.5: what the 200 would say of itself.
    [Theory]
    [InlineData("br", null, "W/\"1\"", true)]
    [InlineData("identity", null, "\"1\"", true)]
    [InlineData("br", "image/png", "\"1\"", false)]
    public async Task Answer_ThatHasNotChanged_SpeaksOfTheCompressedOne(string accepted, string? type, string tag, bool varies)
    {
        await using LimitedGateway gateway = await StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentType = type;
            context.Response.Headers.ETag = "\"1\"";
            return Task.CompletedTask;
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("Accept-Encoding", accepted), ("If-None-Match", "W/\"1\""));

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(tag, response.Headers.ETag?.ToString());
        Assert.Equal(varies ? ["Accept-Encoding"] : [], response.Headers.Vary);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    public async Task Answer_OfALengthBelowTheLeast_GoesOutAsItIs(int length, bool isCompressed)
    {
        await using LimitedGateway gateway = await StartAsync(context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = length;
            return context.Response.WriteAsync(s_large[..length]);
        });
        using HttpResponseMessage response = await gateway.SendAsync("GET /a", ("Accept-Encoding", "br"));
        Assert.Equal(isCompressed, response.Content.Headers.ContentEncoding.Contains("br"));

        // A cache must know that another client would have had it otherwise.
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
    }

    [Fact]
    public async Task Validators_AndRanges_AreThoseOfTheCompressedRepresentation()
    {
        await using LimitedGateway gateway = await StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.AcceptRanges = "bytes";
            await context.Response.WriteAsync(s_large);
        });
        using HttpResponseMessage compressed = await gateway.SendAsync("GET /a", ("Accept-Encoding", "br"));
        Assert.Equal("W/\"v1\"", compressed.Headers.ETag!.ToString());
        Assert.Empty(compressed.Headers.AcceptRanges);
        using HttpResponseMessage plain = await gateway.SendAsync("GET /a");
        Assert.Equal("\"v1\"", plain.Headers.ETag!.ToString());
        Assert.Equal(["bytes"], plain.Headers.AcceptRanges);
    }

    [Fact]
    public async Task Head_HasTheFieldsOfTheGet()
    {
        await using LimitedGateway gateway = await StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = s_large.Length;
            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(s_large);
        });
        using HttpResponseMessage response = await gateway.SendAsync("HEAD /a", ("Accept-Encoding", "br"));
        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.Null(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Pieces_ThatTheServiceFlushes_AreNotHeldBack()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LimitedGateway gateway = await StartAsync(async context =>
        {
            context.Response.ContentType = "application/x-ndjson";
            await context.Response.WriteAsync("{\"first\":1}\n");
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.WriteAsync("{\"second\":2}\n");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("Accept-Encoding", "br");
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using var lines = new StreamReader(new BrotliStream(await response.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress));

        Assert.Equal("{\"first\":1}", await lines.ReadLineAsync(Stop));
        go.SetResult();
        Assert.Equal("{\"second\":2}", await lines.ReadLineAsync(Stop));
        Assert.Null(await lines.ReadLineAsync(Stop));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300_000)]
    public async Task Answer_ThatBreaksOff_NeverLooksComplete(int bytesBefore)
    {
        await using var upstream = new RawServer(async client =>
        {
            await client.ReadHeadAsync();
            await client.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n{new string('x', bytesBefore)}");
        });
        await using TestGateway gateway = await TestGateway.StartAsync(LimitedGateway.Document("compression: true"), new PlanOptions { Upstream = upstream.Url });
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Url);
        await client.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n");

        // Either nothing had gone out and it is an error, or a body without its end.
        (string received, _) = await client.ReadToEndAsync();
        if (received.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
            Assert.DoesNotContain("\r\n0\r\n\r\n", received, StringComparison.Ordinal);
        else
            Assert.Contains("upstream-body-incomplete", received, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BeyondItsBounds_TakesNoFurtherAnswer()
    {
        var load = new CompressionLoad(mostBusy: 1);
        int active = 0;
        while (load.TryBegin())
            active++;
        Assert.Equal(256, active);
        load.End();
        Assert.True(load.TryBegin());
        load.End();
        load.BeginPiece();
        Assert.False(load.TryBegin());
        load.EndPiece();
        Assert.True(load.TryBegin());
    }

    [Fact]
    public void Settings_OfThePage_AreTheRecord() =>
        new ReferencePage("compression.md").Holds("x-gateway-compression", ExtensionReferenceWriter.WriteTable(typeof(CompressionExtension)));

    private static Task<LimitedGateway> StartAsync(Func<HttpContext, Task> answer) => LimitedGateway.StartAsync(LimitedGateway.Document("compression: true"), answer);

    private static string Decode(byte[] bytes, string coding)
    {
        using var input = new MemoryStream(bytes);
        using Stream decoder = coding == "br" ? new BrotliStream(input, CompressionMode.Decompress) : new GZipStream(input, CompressionMode.Decompress);
        using var text = new StreamReader(decoder);
        return text.ReadToEnd();
    }
}
