using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>
/// One call of an operation's handler on behalf of the cache, apart from the client's connection: first its head, then its body into memory. Used by one thread at a time, but for
/// <see cref="OnClientGone"/> and <see cref="Stop"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and a client that goes away may stop it at any time.")]
internal sealed class CacheFetch : IClientAbortListener
{
    // Conditions and ranges are the client's alone; the cache asks by its own validators, and for the whole. The framing of a body that there is not does not go on either.
    private static readonly FrozenSet<string> s_notFetched = FrozenSet.ToFrozenSet(
        ["If-None-Match", "If-Modified-Since", "If-Range", "Range", "Content-Length", "Transfer-Encoding", "Expect", "Connection", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    private readonly CancellationTokenSource _stopped = new();
    private readonly GatewayHandler _handler;
    private readonly Flight? _flight;

    private CacheFetch(CacheTurn turn, StoredValidators? known, Flight? flight, bool isForNobody)
    {
        GatewayContext client = turn.Context;
        (_flight, Sequence, IsConditional) = (flight, turn.Store.Marks.Next(), known is { Any: true });
        _handler = turn.Plan.Fetcher ?? client.Operation!.Handler;
        Context = DetachedRequest.Of(client, client.Request.Method, HeadersFor(client.Request, known), tellsInterim: !isForNobody, _stopped.Token);
        if (isForNobody)
            Context.Spans = null;
        RequestedAt = client.Clock.GetUtcNow();
    }

    /// <summary>The request that is sent, and the answer to it.</summary>
    public GatewayContext Context { get; }

    /// <summary>Its place in the order of requests and invalidations.</summary>
    public long Sequence { get; }

    /// <summary>Whether it asks whether a stored answer still holds.</summary>
    public bool IsConditional { get; }

    public DateTimeOffset RequestedAt { get; }

    public DateTimeOffset ReceivedAt { get; private set; }

    public int Status => Context.Failure?.Kind.Status ?? Context.Response.StatusCode;

    /// <summary>Whether the upstream gave no answer of its own: it failed, or something else was answered in its place.</summary>
    public bool HasFailed => Context.HasStandIn || Statuses.IsFailure(Status);

    /// <summary>The answer as the rules see it.</summary>
    public ReceivedAnswer Answer => ReceivedAnswer.Of(Context.Response.StatusCode, Context.Response.Headers, RequestedAt, ReceivedAt);

    /// <summary>Prepares a call.</summary>
    /// <param name="turn">The request that causes it.</param>
    /// <param name="known">The validators of a stored answer; null to ask for the whole.</param>
    /// <param name="flight">Who else waits for it; null for nobody.</param>
    /// <param name="isForNobody">Whether the client does not wait.</param>
    public static CacheFetch Of(CacheTurn turn, StoredValidators? known, Flight? flight, bool isForNobody) => new(turn, known, flight, isForNobody);

    /// <summary>Calls the handler up to the head of the answer.</summary>
    public async ValueTask RunAsync()
    {
        try
        {
            await _handler.HandleAsync(Context);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            Context.Fail(new GatewayFailure(ErrorCatalogue.ClientClosedRequest, "Nobody waits for the answer any more."));
        }

        ReceivedAt = Context.Clock.GetUtcNow();
    }

    /// <summary>
    /// Takes the body into memory and ends the call. Never throws: a body that breaks off is known to be a part, and who reads it meets the exception that was the reason.
    /// </summary>
    /// <param name="body">Where it goes.</param>
    /// <param name="entry">Its entry in the table, which goes when the body breaks off or grows too large; null for none.</param>
    /// <param name="store">The table.</param>
    public async Task FillAsync(StoredBody body, CacheEntry? entry, CacheStore store)
    {
        body.Unwanted = Stop;
        var writer = new FillWriter(body, () => Unlist(entry, store));
        Context.Response.Captured = writer;
        bool isWhole = false;
        try
        {
            if (Context.Response.Body is { } source)
                await source.WriteAsync(Context);
            isWhole = Context.Failure is null && (body.DeclaredLength is null || body.DeclaredLength == body.Length);
            await DropAsync();
        }
        catch (Exception error)
        {
            (isWhole, body.Fault) = (false, error);
        }

        body.End(isWhole, Context.Timings.UpstreamEndedAt);
        writer.Complete();
        if (!isWhole)
            Unlist(entry, store);
        else if (entry is not null)
            store.Weigh(entry);
        body.LetGo();
    }

    /// <summary>Ends a call whose body is of no use.</summary>
    public async ValueTask DropAsync()
    {
        if (Context.Response.Body is { } body)
        {
            // A 304 has nothing to be read, and its connection can serve again.
            if (Context.Response is { StatusCode: StatusCodes.Status304NotModified, Captured: null })
            {
                Context.Response.Captured = new CapturedBody(0);
                await body.WriteAsync(Context);
            }

            Context.Response.Body = null;
            await body.DisposeAsync(Context);
        }

        Context.LetGo();
    }

    /// <summary>The client that caused it is gone; it goes on when others wait for it.</summary>
    public void OnClientGone(GatewayContext context)
    {
        if (_flight is not { HasFollowers: true })
            Stop();
    }

    /// <summary>Breaks the call off.</summary>
    public void Stop() => _stopped.Cancel();

    private static void Unlist(CacheEntry? entry, CacheStore store)
    {
        if (entry is not null)
            store.Remove(entry);
    }

    private static HeaderDictionary HeadersFor(ClientRequest request, StoredValidators? known)
    {
        var headers = new HeaderDictionary(request.Headers.Count + 1);
        foreach ((string name, var values) in request.Headers)
        {
            if (!s_notFetched.Contains(name))
                headers[name] = values;
        }

        // RFC 9111 §4.3.1.
        if (known?.ETag is { } tag)
            headers["If-None-Match"] = tag;
        if (known?.LastModified is { } changed)
            headers["If-Modified-Since"] = changed;
        return headers;
    }
}
