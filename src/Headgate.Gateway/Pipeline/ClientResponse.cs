using System.IO.Pipelines;
using Headgate.Gateway.Policies.Validation.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline;

/// <summary>The response to a client while it is made. Belongs to its <see cref="GatewayContext"/> and is reused with it.</summary>
public sealed class ClientResponse
{
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpResponseTrailersFeature? _trailers;
    private AnswerCheck? _check;
    private bool _isChecked;

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

    /// <summary>Where a body goes that is read by Headgate instead of sent to the client; null in the ordinary case. Who sets it for a while sets back what was there.</summary>
    internal PipeWriter? Captured { get; set; }

    /// <summary>Whether the head is on its way: status and headers can no longer change.</summary>
    public bool HasStarted => _response.HasStarted;

    /// <summary>Whether another response may still take the place of this one: nothing of it went out, and nothing of its body is written.</summary>
    public bool IsReplaceable => !HasStarted && BodyBytes == 0;

    /// <summary>What follows the head; null is no body.</summary>
    public ResponseBody? Body { get; set; }

    /// <summary>Body bytes handed to the client so far, for logs and metrics.</summary>
    public long BodyBytes { get; internal set; }

    /// <summary>Notes bytes of the body that are handed to the client, without the framing of the protocol. Every body calls it for every byte that it writes.</summary>
    public void Passed(ReadOnlySpan<byte> bytes)
    {
        BodyBytes += bytes.Length;
        if (_isChecked)
            _check!.Add(bytes);
    }

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

    /// <summary>Forgets a response of which nothing went out, so that another may take its place. Its body is the caller's to dispose.</summary>
    internal void Forget()
    {
        Headers.Clear();
        StatusCode = StatusCodes.Status200OK;
        Reset();
    }

    /// <summary>Has the bytes of the body copied while they pass, by what takes the body's place.</summary>
    internal AnswerCheck BeginChecking()
    {
        _check ??= new AnswerCheck();
        Body = _check;
        _isChecked = true;
        return _check;
    }

    internal void StopChecking() => _isChecked = false;

    internal void Reset()
    {
        _isChecked = false;
        Body = null;
        Captured = null;
        BodyBytes = 0;
    }
}
