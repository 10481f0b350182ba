using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Aggregation;

/// <summary>
/// The request with which a part is asked for: one of the gateway's own, made of the client's. Reused with its context. Used by one thread at a time, but for <see cref="Stop"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its source has no timer and its timer no period: neither holds anything while it is not under way.")]
internal sealed class PartRequest : IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
{
    private const int Still = 0;
    private const int Running = 1;
    private const int RanOut = 2;

    private static readonly PipeReader s_noBody = PipeReader.Create(ReadOnlySequence<byte>.Empty);

    private readonly HttpRequestFeature _request;
    private readonly HttpRequestLifetimeFeature _lifetime = new();
    private readonly ArrayBufferWriter<byte> _body = new();
    private CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private int _clock;

    /// <summary>Makes it once for a context.</summary>
    public PartRequest(GatewayContext client)
    {
        ClientRequest request = client.Request;
        _request = new HttpRequestFeature { Protocol = request.Protocol, Scheme = request.Scheme };
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(_request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = request.PeerAddress, LocalIpAddress = request.LocalAddress, LocalPort = request.LocalPort });
        features.Set<IRequestBodyPipeFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        _lifetime.RequestAborted = _stop.Token;
        Context = new GatewayContext(features, client.Clock);
    }

    /// <summary>The context of the request.</summary>
    public GatewayContext Context { get; }

    /// <summary>Whether it was broken off.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Whether it took too long.</summary>
    public bool HasTimedOut => Volatile.Read(ref _clock) == RanOut;

    /// <inheritdoc/>
    public PipeReader Reader { get; private set; } = s_noBody;

    /// <inheritdoc/>
    public bool CanHaveBody => _body.WrittenCount > 0;

    /// <summary>Makes it ready to be begun, and to be stopped.</summary>
    public void Rearm()
    {
        // What was stopped is not used again: whoever stopped it may be about to do so still.
        bool isUsed = Interlocked.Exchange(ref _clock, Still) == RanOut || !_stop.TryReset();
        if (!isUsed)
            return;
        _stop = new CancellationTokenSource();
        _lifetime.RequestAborted = _stop.Token;
    }

    /// <summary>Begins it.</summary>
    public void Begin(GatewayContext client, PartPlan plan, string path, string query, PartFields fields)
    {
        Context.Response.Forget();
        Context.Reset(client.Plan, client.Timings.StartedAt);
        Context.Continue(client);
        Context.Spans = client.Spans is { } spans ? PartSpans.Begin(Context, spans) : null;
        _request.Method = plan.Method;
        (Context.Request.Path, Context.Request.Query) = (path, query);
        _body.ResetWrittenCount();
        (Reader, _request.Headers) = (s_noBody, fields.Fields);
        if (plan.Input is not { } input)
            return;
        using (var json = new Utf8JsonWriter(_body, ErrorJson.Options))
            input.WriteTo(json, client);
        (Reader, _request.Headers) = (PipeReader.Create(new ReadOnlySequence<byte>(_body.WrittenMemory)), fields.WithBody(_body.WrittenCount));
    }

    /// <summary>Breaks it off when it is not over by then.</summary>
    /// <param name="left">How long it may still take; <see cref="TimeSpan.MaxValue"/> for as long as it wants.</param>
    public void StopAfter(TimeSpan left)
    {
        if (left == TimeSpan.MaxValue)
            return;
        Volatile.Write(ref _clock, Running);
        _timer ??= Context.Clock.CreateTimer(static state => ((PartRequest)state!).OnTimeout(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It is over in time, unless it <see cref="HasTimedOut"/>.</summary>
    public void StopClock()
    {
        if (Interlocked.CompareExchange(ref _clock, Still, Running) == Running)
            _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Breaks it off; from any thread.</summary>
    public void Stop() => _stop.Cancel();

    private void OnTimeout()
    {
        CancellationTokenSource stop = _stop;
        if (Interlocked.CompareExchange(ref _clock, RanOut, Running) == Running)
            stop.Cancel();
    }
}
