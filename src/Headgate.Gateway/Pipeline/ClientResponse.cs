using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline;

/// <summary>The response to a client while it is made. Belongs to its <see cref="GatewayContext"/> and is reused with it.</summary>
public sealed class ClientResponse
{
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpResponseTrailersFeature? _trailers;

    internal ClientResponse(IFeatureCollection features)
    {
        _response = features.GetRequiredFeature<IHttpResponseFeature>();
        _body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _trailers = features.Get<IHttpResponseTrailersFeature>();
    }

    /// <summary>The status code; 200 until set.</summary>
    public int StatusCode
    {
        get => _response.StatusCode;
        set => _response.StatusCode = value;
    }

    /// <summary>The header fields; read-only once the response has started.</summary>
    public IHeaderDictionary Headers => _response.Headers;

    /// <summary>
    /// Trailer fields where the client's protocol carries them natively (HTTP/2); null over HTTP/1.1, where a body that has
    /// trailers writes the chunked coding itself.
    /// </summary>
    public IHeaderDictionary? Trailers => Captured is null ? _trailers?.Trailers : null;

    /// <summary>The writer of the body; the first flush sends the head.</summary>
    public PipeWriter Writer => Captured ?? _body.Writer;

    /// <summary>Where a body goes that is read by Headgate instead of sent to the client; null in the ordinary case.</summary>
    internal PipeWriter? Captured { get; set; }

    /// <summary>Whether the head is on its way: status and headers can no longer change.</summary>
    public bool HasStarted => _response.HasStarted;

    /// <summary>Whether another response may still take the place of this one: nothing of it went out, and nothing of its body is written.</summary>
    public bool IsReplaceable => !HasStarted && BodyBytes == 0;

    /// <summary>What follows the head; null is no body.</summary>
    public ResponseBody? Body { get; set; }

    /// <summary>Body bytes handed to the client so far, for logs and metrics. Bodies add to it.</summary>
    public long BodyBytes { get; set; }

    /// <summary>Sends the head now, without waiting for the body (streams of events, early heads).</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Captured is null ? _body.StartAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Ends the capturing of a body: what was captured is forgotten, and the client is written to again.</summary>
    internal void ForgetCaptured()
    {
        if (Captured is null)
            return;
        Captured = null;
        BodyBytes = 0;
    }

    internal void Reset()
    {
        Body = null;
        Captured = null;
        BodyBytes = 0;
    }
}
