using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>Bodies that have to be whole in memory are bounded together: many slow uploads, each small enough, do not take what the machine has.</summary>
public class HeldBodiesTests
{
    private const int Held = 200 * 1024;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Held, version: "1" }
        x-gateway-config: { circuitBreaker: false, retry: { attempts: 2, baseDelay: 1ms, maxBody: 1MiB } }
        paths:
          /checked:
            post:
              requestBody: { content: { application/json: { schema: { type: array } } } }
              responses: { "200": { description: ok } }
          /keyed:
            post: { x-gateway-idempotency: true, responses: { "200": { description: ok } } }
          /repeated:
            put: { responses: { "200": { description: ok } } }
        """;

    [Theory]
    [InlineData("/checked", "/keyed")]
    [InlineData("/keyed", "/checked")]
    public async Task SlowUploads_TakeWhatThereIs_AndNoMore_AndOthersAreToldToComeAgain(string slow, string other)
    {
        await using Fixture fixture = await Fixture.StartAsync();
        var uploads = new List<RawConnection>();
        try
        {
            // Of 1 MiB five fit: the sixth is refused, whatever it declares.
            for (int i = 1; i <= 5; i++)
            {
                uploads.Add(await fixture.BeginAsync(slow, $"k{i}"));
                await Until.TrueAsync(async () => await fixture.HeldBytesAsync() >= i * Held, "its bytes are counted");
            }

            using RawConnection sixth = await fixture.BeginAsync(slow, "k6");
            Assert.StartsWith("HTTP/1.1 503", await sixth.ReadHeadAsync(), StringComparison.Ordinal);
            using HttpResponseMessage refused = await fixture.SendAsync(HttpMethod.Post, other, new string(' ', Held) + "[]", inParts: true);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
            Assert.Contains("request-memory-full", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(0, fixture.Upstream.Requests);
        }
        finally
        {
            uploads.ForEach(upload => upload.Dispose());
        }

        await Until.TrueAsync(async () => await fixture.HeldBytesAsync() == 0, "nothing is held");
        using HttpResponseMessage served = await fixture.SendAsync(HttpMethod.Post, other, new string(' ', Held) + "[]", inParts: true);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public async Task Request_ThatMayBeRepeated_IsSentAllTheSame_ButOnce_WhileThereIsNoMemory()
    {
        await using Fixture fixture = await Fixture.StartAsync(context => context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        using RawConnection upload = await fixture.BeginAsync("/keyed", "k", 1000 * 1024);
        await Until.TrueAsync(async () => await fixture.HeldBytesAsync() >= 1000 * 1024, "its bytes are counted");

        using HttpResponseMessage answer = await fixture.SendAsync(HttpMethod.Put, "/repeated", new string('x', Held), inParts: false);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (answer.StatusCode, fixture.Upstream.Requests));
    }

    private sealed class Fixture(TemporaryDirectory directory, EchoUpstream upstream, TestGateway gateway) : IAsyncDisposable
    {
        public EchoUpstream Upstream => upstream;

        public static async Task<Fixture> StartAsync(Action<HttpContext>? answer = null)
        {
            var directory = new TemporaryDirectory();
            EchoUpstream upstream = await EchoUpstream.StartAsync(async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                answer?.Invoke(context);
            });
            return new Fixture(directory, upstream, await TestGateway.StartAsync(directory.Write("held.yaml", Document), upstream.Url, "limits.held-bodies=1MiB"));
        }

        /// <summary>Sends the head of a request and so much of its body, and not the rest.</summary>
        public async Task<RawConnection> BeginAsync(string path, string key, int bytes = Held)
        {
            RawConnection connection = await RawConnection.ConnectAsync(gateway.Client.BaseAddress!);
            await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {bytes + 10}\r\n\r\n{new string(' ', bytes)}");
            return connection;
        }

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body, bool inParts)
        {
            HttpContent content = inParts ? new PiecewiseContent(body) : new StringContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Add("Idempotency-Key", "other");
            return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        public async Task<long> HeldBytesAsync()
        {
            string metrics = await gateway.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            return long.Parse(metrics.Split('\n').Single(line => line.StartsWith("headgate_held_body_bytes ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        }

        public async ValueTask DisposeAsync()
        {
            await gateway.DisposeAsync();
            await upstream.DisposeAsync();
            directory.Dispose();
        }
    }

    // Sends all but the end, and that when the rest has had time to be looked at.
    private sealed class PiecewiseContent(string text) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = text.Length;
            return true;
        }
    }
}
