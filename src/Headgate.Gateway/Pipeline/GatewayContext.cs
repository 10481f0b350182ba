using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Routing;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Stalls;
using Headgate.Gateway.Telemetry.Tracing;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// One request on its way through the gateway, and everything decided about it so far. One instance per client connection (or
/// HTTP/2 stream) is reused for request after request; nothing may keep a reference beyond the request. Used by one thread at a time,
/// but for <see cref="OnClientGone"/>.
/// </summary>
public sealed partial class GatewayContext
{
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly bool _abortsPerRequest;
    private CancellationTokenRegistration _abortRegistration;
    private IClientAbortListener? _abortListener;
    private RequestTimings _timings;
    private bool _clientGone;

    internal GatewayContext(IFeatureCollection features, TimeProvider clock, MemoryBudget? bodies = null)
    {
        Clock = clock;
        _bodies = bodies;
        Request = new ClientRequest(features);
        Response = new ClientResponse(features);
        _lifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();

        // Over HTTP/1.1 a client goes away with its connection: one registration serves all its requests. HTTP/2 streams are
        // reset one by one and need the token of the request.
        IConnectionLifetimeFeature? connection = features.Get<IConnectionLifetimeFeature>();
        _abortsPerRequest = !Request.IsHttp1 || connection is null;
        if (!_abortsPerRequest)
            connection!.ConnectionClosed.UnsafeRegister(static state => ((GatewayContext)state!).OnClientGone(), this);
    }

    /// <summary>The clock of everything that happens to the request.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The client's request.</summary>
    public ClientRequest Request { get; }

    /// <summary>The response that is being made.</summary>
    public ClientResponse Response { get; }

    /// <summary>The plan that serves this request from beginning to end, whatever is reloaded meanwhile.</summary>
    public GatewayPlan Plan { get; internal set; } = null!;

    /// <summary>The matched operation; null while and when no route is found.</summary>
    public OperationPlan? Operation { get; internal set; }

    /// <summary>Whose forwarding fields are believed.</summary>
    public TrustedProxies TrustedProxies => Operation?.Api.TrustedProxies ?? Plan.TrustedProxies;

    /// <summary>The values of the path parameters of the match.</summary>
    public PathValues PathValues { get; } = new();

    /// <summary>The id of the request: the client's where it is acceptable, else a new UUIDv7.</summary>
    public string RequestId { get; internal set; } = "";

    /// <summary>The correlation id that came in, where it is acceptable, else the id of the request; null before the request is identified.</summary>
    public string? CorrelationId { get; internal set; }

    /// <summary>The W3C trace context: continued from the client's or new.</summary>
    public TraceContext Trace { get; internal set; }

    /// <summary>The tenant as decided by the tenancy policy, or null.</summary>
    public string? Tenant { get; set; }

    /// <summary>Who calls, as a credential that was checked here says; null for nobody in particular.</summary>
    public Caller? Caller { get; set; }

    /// <summary>The user as decided by authentication, or null. Handed to upstreams as <c>X-User-ID</c>.</summary>
    public string? User { get; set; }

    /// <summary>The catalogue error that became (or becomes) the answer, or null.</summary>
    public GatewayFailure? Failure { get; private set; }

    /// <summary>The dialect for errors where no operation is matched; null for the plan's own choice.</summary>
    internal ErrorDialect? Dialect { get; set; }

    /// <summary>Timestamps and byte counts for logs, metrics and traces.</summary>
    public ref RequestTimings Timings => ref _timings;

    /// <summary>The spans of the request while it is traced to a collector, else null.</summary>
    internal RequestSpans? Spans { get; set; }

    /// <summary>Who watches that the request does not hold its thread for long; null for nobody.</summary>
    internal StallWatch? StallWatch { get; set; }

    /// <summary>Set while the request is explained instead of served: policies write what they decide and change nothing.</summary>
    public Explanation? Explanation { get; internal set; }

    /// <summary>Whether the client has gone away; never while the request goes on without it (<see cref="Detached.DetachedAnswer"/>).</summary>
    public bool ClientGone => !_isDetached && Volatile.Read(ref _clientGone);

    /// <summary>Cancelled when the client goes away. Costs an allocation on first use: prefer <see cref="ListenForAbort"/> on hot paths.</summary>
    public CancellationToken RequestAborted => _isDetached ? CancellationToken.None : _lifetime.RequestAborted;

    /// <summary>
    /// Makes an error of the catalogue the answer, written by the pipeline in the dialect of the API. Calls after the first are ignored, so
    /// that the first cause is the one that is told.
    /// </summary>
    public PolicyVerdict Fail(GatewayFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure ??= failure;
        return PolicyVerdict.Answered;
    }

    /// <summary>
    /// Breaks the exchange with the client off: over HTTP/1.1 the connection closes, over HTTP/2 the stream is reset, so that a part of a message
    /// never looks like a whole one.
    /// </summary>
    public void AbortClient()
    {
        // The client has seen nothing of a body that is captured: it gets an error instead.
        if (Response.Captured is null && !_isDetached)
            _lifetime.Abort();
    }

    /// <summary>
    /// Names who is told when the client goes away (null: nobody any more). The call comes on another thread, at most once per
    /// listener, and at once when the client is gone already. Over HTTP/1.1 it may still come a moment after nobody was named.
    /// </summary>
    public void ListenForAbort(IClientAbortListener? listener)
    {
        if (_isDetached)
            return;
        Volatile.Write(ref _abortListener, listener);
        if (listener is null)
        {
            _abortRegistration.Dispose();
            _abortRegistration = default;
            return;
        }

        if (_abortsPerRequest)
            _abortRegistration = _lifetime.RequestAborted.UnsafeRegister(static state => ((GatewayContext)state!).OnClientGone(), this);
        else if (ClientGone)
            OnClientGone();
    }

    /// <summary>Lets go of everything that the request holds of what is shared. Safe to call again.</summary>
    internal void LetGo()
    {
        Held.Release();
        ReleaseCall();
        Request.ForgetHeldBody();
        LetGoOfBody();
    }

    internal void Reset(GatewayPlan plan, long startedAt)
    {
        Request.Reset();
        Response.Reset();
        Plan = plan;
        Operation = null;
        PathValues.Clear();
        RequestId = "";
        CorrelationId = null;
        Trace = default;
        Tenant = null;
        User = null;
        ResetCaller();
        Caller = null;
        Failure = null;
        Dialect = null;
        ResetCall();
        _timings = new RequestTimings { StartedAt = startedAt };
        Explanation = null;
        Spans = null;
        Answers = null;
        if (_abortsPerRequest)
            _clientGone = false;
    }

    private void OnClientGone()
    {
        Volatile.Write(ref _clientGone, true);
        Interlocked.Exchange(ref _abortListener, null)?.OnClientGone(this);
    }
}
