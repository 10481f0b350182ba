using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Shows what a client makes of the bytes of a response: through the socket transport, and directly through the framework's client.</summary>
internal sealed class ResponseProbe : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly ForwardingHost _host;
    private readonly HttpClient _throughGateway;
    private readonly HttpClient _direct;
    private readonly SegmentSource _segments;

    private ResponseProbe(RawServer server, ForwardingHost host, SegmentSource segments)
    {
        _server = server;
        _host = host;
        _segments = segments;
        _throughGateway = Client(host.Url);
        _direct = Client(server.Url);
    }

    public static async Task<ResponseProbe> StartAsync()
    {
        var source = new SegmentSource();
        var server = new RawServer(async connection =>
        {
            await connection.ReadHeadAsync();
            foreach (byte[] segment in source.Segments)
                await connection.SendAsync(segment);
        });
        ForwardingHost host = await ForwardingHost.StartAsync(server.Url, UpstreamTimeouts.Default with { Total = TimeSpan.FromSeconds(5) });
        return new ResponseProbe(server, host, source);
    }

    public Task<ProbedResponse> ThroughGatewayAsync(params byte[][] segments) => ProbeAsync(_throughGateway, segments);

    public Task<ProbedResponse> DirectlyAsync(params byte[][] segments) => ProbeAsync(_direct, segments);

    public async ValueTask DisposeAsync()
    {
        _throughGateway.Dispose();
        _direct.Dispose();
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static HttpClient Client(Uri url) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 64 })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromSeconds(10),
    };

    private async Task<ProbedResponse> ProbeAsync(HttpClient client, byte[][] segments)
    {
        _segments.Segments = segments;
        try
        {
            using HttpResponseMessage response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            bool refused = response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;
            return new ProbedResponse(refused, (int)response.StatusCode, FieldsOf(response), Convert.ToHexString(body));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return ProbedResponse.Refusal;
        }
    }

    // The fields that the tests use; others are Kestrel's own or for one connection only.
    private static string FieldsOf(HttpResponseMessage response) => string.Join(
        '\n',
        response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(field => field.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase) || field.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            .OrderBy(field => field.Key, StringComparer.OrdinalIgnoreCase)
            .Select(field => $"{field.Key.ToUpperInvariant()}: {string.Join(" | ", field.Value)}"));

    private sealed class SegmentSource
    {
        public byte[][] Segments { get; set; } = [];
    }
}
