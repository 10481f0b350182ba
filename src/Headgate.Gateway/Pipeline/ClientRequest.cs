using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.Gateway.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline;

/// <summary>The request of a client as Kestrel parsed it. Belongs to its <see cref="GatewayContext"/> and is reused with it.</summary>
public sealed class ClientRequest
{
    private readonly IHttpRequestFeature _request;
    private readonly IRequestBodyPipeFeature _bodyPipe;
    private readonly IHttpRequestBodyDetectionFeature? _bodyDetection;
    private readonly IHttpConnectionFeature? _connection;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _extendedConnect;
    private readonly IHttpRequestTrailersFeature? _trailers;
    private readonly IHttpMaxRequestBodySizeFeature? _maxBodySize;
    private readonly IInterimResponseFeature? _interim;

    private ClientAddressReader? _clientReader;
    private string? _peerText;
    private string? _forwardedHost;
    private string _forwardedElement = "";
    private HeldBody? _heldBody;
    private PipeReader? _takenBody;
    private bool _isTaken;

    internal ClientRequest(IFeatureCollection features)
    {
        _request = features.GetRequiredFeature<IHttpRequestFeature>();
        _bodyPipe = features.GetRequiredFeature<IRequestBodyPipeFeature>();
        _bodyDetection = features.Get<IHttpRequestBodyDetectionFeature>();
        _connection = features.Get<IHttpConnectionFeature>();
        _upgrade = features.Get<IHttpUpgradeFeature>();
        _extendedConnect = features.Get<IHttpExtendedConnectFeature>();
        _trailers = features.Get<IHttpRequestTrailersFeature>();
        _maxBodySize = features.Get<IHttpMaxRequestBodySizeFeature>();
        _interim = features.Get<IInterimResponseFeature>();
    }

    /// <summary>The method in the case in which it was sent (methods are case-sensitive, RFC 9110 §9.1).</summary>
    public string Method => _request.Method;

    /// <summary><c>http</c> or <c>https</c>, of the connection to Headgate.</summary>
    public string Scheme => _request.Scheme;

    /// <summary><c>HTTP/1.1</c>, <c>HTTP/2</c>, ….</summary>
    public string Protocol => _request.Protocol;

    /// <summary>Whether the client speaks HTTP/1.x, where framing and connection headers are Headgate's to write.</summary>
    public bool IsHttp1 => _request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal);

    /// <summary>The request target as sent.</summary>
    public string RawTarget => _request.RawTarget;

    /// <summary>
    /// The path in normal form: dot segments removed, percent-encoding in upper case, unreserved characters decoded; <c>%2F</c> stays.
    /// What is matched is what is forwarded. The same string as <see cref="RawTarget"/> when that was normal and has no query.
    /// </summary>
    public string Path { get; internal set; } = "/";

    /// <summary>The query with its question mark, as sent; empty when there is none.</summary>
    public string Query { get; internal set; } = "";

    /// <summary>The header fields.</summary>
    public IHeaderDictionary Headers => _request.Headers;

    /// <summary>Whether a body may follow (Content-Length above zero, or chunked, or an HTTP/2 stream left open).</summary>
    public bool HasBody => _isTaken ? _takenBody is not null : _bodyDetection?.CanHaveBody ?? false;

    /// <summary>The declared length of the body in bytes, or null.</summary>
    public long? ContentLength => _request.Headers.ContentLength;

    /// <summary>
    /// The body. Reading it for the first time sends <c>100 Continue</c> to a client that waits for one.
    /// </summary>
    public PipeReader Body => _heldBody ?? _takenBody ?? _bodyPipe.Reader;

    /// <summary>The most bytes of body that Kestrel takes before it refuses with 413; null is no limit.</summary>
    public long? MaxBodySize
    {
        get => _maxBodySize?.MaxRequestBodySize;
        set
        {
            if (_maxBodySize is { IsReadOnly: false } feature)
                feature.MaxRequestBodySize = value;
        }
    }

    /// <summary>Trailer fields; complete only after the body is read to its end. Null where the protocol has none to offer.</summary>
    public IHeaderDictionary? Trailers => _trailers is { Available: true } && !_isTaken ? _trailers.Trailers : null;

    /// <summary>The peer of the connection: a trusted proxy or the client itself.</summary>
    public IPAddress? PeerAddress => _connection?.RemoteIpAddress;

    /// <summary>The client's address: the peer's, or that which trusted proxies tell of.</summary>
    internal ClientAddress ClientBehind(TrustedProxies proxies) => (_clientReader ??= new ClientAddressReader(this)).Read(proxies);

    /// <summary>The peer's address as text, made once per connection.</summary>
    internal string PeerText => _peerText ??= PeerAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { } address => address.ToString(),
    };

    /// <summary>The element of <c>Forwarded</c> that tells of this request; made anew only when the client names another host than before.</summary>
    internal string ForwardedElement(string host)
    {
        if (_forwardedHost != host)
            (_forwardedHost, _forwardedElement) = (host, ForwardedFields.Element(PeerText, host, Scheme));
        return _forwardedElement;
    }

    /// <summary>The address on which the connection came in.</summary>
    public IPAddress? LocalAddress => _connection?.LocalIpAddress;

    /// <summary>The port on which the connection came in.</summary>
    public int LocalPort => _connection?.LocalPort ?? 0;

    /// <summary>Whether the client asks for another protocol on this connection (RFC 9110 §7.8).</summary>
    public bool IsUpgrade => _upgrade is { IsUpgradableRequest: true } && !_isTaken;

    /// <summary>Accepts an upgrade or an extended CONNECT: sends the response head (101 over HTTP/1.1) and gives the raw stream.</summary>
    public Task<Stream> UpgradeAsync() =>
        _extendedConnect is { IsExtendedConnect: true } connect ? connect.AcceptAsync().AsTask() : _upgrade!.UpgradeAsync();

    /// <summary>The <c>:protocol</c> of an extended CONNECT (RFC 8441), or null.</summary>
    public string? ExtendedConnectProtocol => _extendedConnect is { IsExtendedConnect: true } connect && !_isTaken ? connect.Protocol : null;

    /// <summary>The way of interim responses to the client's connection; null where there is none.</summary>
    internal IInterimResponseFeature? Interim => _interim;

    /// <summary>Where interim responses go; null where the client's connection cannot have them.</summary>
    internal PipeWriter? InterimWriter => Scheme == "http" && Protocol == "HTTP/1.1" && !_isTaken ? _interim?.Writer : null;

    /// <summary>Keeps what is read of the body from now on, so that it can be sent again. Without a body there is nothing to keep.</summary>
    /// <param name="mostBytes">The most bytes.</param>
    /// <param name="tryHold">Takes memory for so many; false where there is none.</param>
    /// <returns>False when the body is known to be too large.</returns>
    internal bool TryHoldBody(long mostBytes, Func<long, bool> tryHold)
    {
        if (!HasBody)
            return true;
        if (ContentLength > mostBytes)
            return false;
        _heldBody = new HeldBody(Body, (int)mostBytes, tryHold);
        return true;
    }

    /// <summary>Whether the body can be read again from its beginning.</summary>
    internal bool CanRewindBody => _heldBody?.CanRewind ?? true;

    /// <summary>Has the body read from its beginning. Only while nobody reads.</summary>
    internal void RewindBody() => _heldBody?.Rewind();

    /// <summary>Keeps the body no longer.</summary>
    internal void ForgetHeldBody() => _heldBody = null;

    /// <summary>
    /// Has the request go on from memory: its body is there as a whole, and what it says of the connection that it came on (framing, <c>Expect</c>, an upgrade, trailers, interim responses) no
    /// longer holds.
    /// </summary>
    /// <param name="body">The whole body, which was read.</param>
    internal void TakeBody(ReadOnlyMemory<byte> body)
    {
        Headers.ContentLength = HasBody ? body.Length : null;
        Headers.TransferEncoding = default;
        Headers.Expect = default;
        _takenBody = body.IsEmpty ? null : PipeReader.Create(new ReadOnlySequence<byte>(body));
        _isTaken = true;
    }

    internal void Reset()
    {
        Path = "/";
        Query = "";
        _takenBody = null;
        _isTaken = false;
    }
}
