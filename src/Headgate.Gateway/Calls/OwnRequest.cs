using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Tracing;
using Headgate.Gateway.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Calls;

/// <summary>
/// A request of the gateway's own, made of a client's: a part of an aggregate is asked for with one, a step of a saga done with one. Reused with its context. Used by one thread at a time, but for <see cref="Stop"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its source has no timer and its timer no period: neither holds anything while it is not under way.")]
internal sealed class OwnRequest : IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
{
    // What the clock does is in its two lowest bits (0: it stands still), beside the number of its runs: a timer that fires late, when the request is another, finds another number.
    private const long Running = 1;
    private const long RanOut = 2;
    private const long States = 3;
    private const long NextRun = 4;

    // What a connection keeps from request to request.
    private const int MostReusedBytes = 16 * 1024;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);
    private static readonly PipeReader s_noBody = PipeReader.Create(ReadOnlySequence<byte>.Empty);

    private readonly HttpRequestFeature _request;
    private readonly HttpRequestLifetimeFeature _lifetime = new();
    private ArrayBufferWriter<byte> _written = new();
    private CancellationTokenSource _stop = new();
    private ITimer? _timer;
    private long _clock;
    private long _endsAt;

    /// <summary>Makes it once for a context.</summary>
    public OwnRequest(GatewayContext client)
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
    public bool HasTimedOut => (Volatile.Read(ref _clock) & States) == RanOut;

    /// <inheritdoc/>
    public PipeReader Reader { get; private set; } = s_noBody;

    /// <inheritdoc/>
    public bool CanHaveBody { get; private set; }

    /// <summary>Makes it ready to be begun, and to be stopped.</summary>
    public void Rearm()
    {
        // What was stopped is not used again: whoever stopped it may be about to do so still.
        bool hasTimedOut = (Interlocked.And(ref _clock, ~States) & States) == RanOut;
        if (!hasTimedOut && _stop.TryReset())
            return;
        _stop = new CancellationTokenSource();
        _lifetime.RequestAborted = _stop.Token;
    }

    /// <summary>Writes the body that it is to have.</summary>
    public ReadOnlyMemory<byte> Write(RequestValue body, GatewayContext client)
    {
        _written.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_written, ErrorJson.Options))
            body.WriteTo(json, client);
        return _written.WrittenMemory;
    }

    /// <summary>Begins it.</summary>
    /// <param name="client">The request of which it is made.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="query">The query with its question mark; empty for none.</param>
    /// <param name="fields">The header fields, those of the body included.</param>
    /// <param name="body">The body; empty for none.</param>
    public void Begin(GatewayContext client, string method, string path, string query, IHeaderDictionary fields, ReadOnlyMemory<byte> body)
    {
        Context.Response.Forget();
        Context.Reset(client.Plan, client.Timings.StartedAt);
        Context.Continue(client);
        Context.Spans = client.Spans is { } spans ? PartSpans.Begin(Context, spans) : null;
        (_request.Method, _request.Headers) = (method, fields);
        (Context.Request.Path, Context.Request.Query) = (path, query);
        CanHaveBody = !body.IsEmpty;
        Reader = body.IsEmpty ? s_noBody : PipeReader.Create(new ReadOnlySequence<byte>(body));
    }

    /// <summary>Hands the body of the answer over as it comes, in no more time than the call has left.</summary>
    /// <param name="into">Takes it; how it ends is in the context and in <see cref="HasTimedOut"/>.</param>
    /// <param name="most">The most time.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadAsync(PipeWriter into, TimeSpan most)
    {
        Context.Response.Captured = into;
        ValueTask writing = Context.Response.Body!.WriteAsync(Context);
        if (!writing.IsCompleted)
            StopAfter(Context.Course.Left < most ? Context.Course.Left : most);
        try
        {
            await writing;
        }
        finally
        {
            StopClock();
        }
    }

    /// <summary>Lets go of the answer and of what the call holds.</summary>
    public async ValueTask EndAsync()
    {
        if (Context.Response.Body is { } body)
            await body.DisposeAsync(Context);
        Context.Response.Body = null;
        Context.Response.Captured = null;
        Context.LetGo();
        Reader = s_noBody;
        if (_written.Capacity > MostReusedBytes)
            _written = new ArrayBufferWriter<byte>();
    }

    /// <summary>Breaks it off when it is not over by then. One that has timed out stays so.</summary>
    /// <param name="left">How long it may still take; <see cref="TimeSpan.MaxValue"/> for as long as it wants.</param>
    public void StopAfter(TimeSpan left)
    {
        long last = Volatile.Read(ref _clock);
        if (left == TimeSpan.MaxValue || (last & States) == RanOut)
            return;
        Volatile.Write(ref _endsAt, Context.Clock.GetTimestamp() + (long)(left.TotalSeconds * Context.Clock.TimestampFrequency));
        if (Interlocked.CompareExchange(ref _clock, ((last & ~States) + NextRun) | Running, last) != last)
            return; // It ran out at this moment.
        _timer ??= Context.Clock.CreateTimer(static state => ((OwnRequest)state!).OnTimeout(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(left, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It is over in time, unless it <see cref="HasTimedOut"/>.</summary>
    public void StopClock()
    {
        long run = Volatile.Read(ref _clock);
        if ((run & States) == Running && Interlocked.CompareExchange(ref _clock, run & ~States, run) == run)
            _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Breaks it off; from any thread.</summary>
    public void Stop() => _stop.Cancel();

    private void OnTimeout()
    {
        long run = Volatile.Read(ref _clock);
        while ((run & States) == Running)
        {
            CancellationTokenSource stop = _stop;
            TimeSpan left = Context.Clock.GetElapsedTime(Context.Clock.GetTimestamp(), Volatile.Read(ref _endsAt));
            if (left <= TimeSpan.Zero)
            {
                if (Interlocked.CompareExchange(ref _clock, (run & ~States) | RanOut, run) == run)
                    stop.Cancel();
                return;
            }

            // Meant for an earlier run, or a moment early: it fires again when this one's time is over.
            _timer!.Change(left > s_tick ? left : s_tick, Timeout.InfiniteTimeSpan);
            long now = Volatile.Read(ref _clock);
            if (now == run)
                return;
            run = now;
        }
    }
}
