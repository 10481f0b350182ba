using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Headgate.Gateway.Representations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>
/// Asks the upstream on behalf of a request, and settles what becomes of the table: a new answer is stored while it comes, an old one freshened, or taken out. Used by one thread at a time.
/// </summary>
/// <param name="turn">The request.</param>
/// <param name="stale">The stored answer that cannot be given as it is, held by the caller; null for none.</param>
/// <param name="flight">Who else waits; null for nobody.</param>
/// <param name="isForNobody">Whether the client does not wait.</param>
internal sealed class CacheExchange(CacheTurn turn, CacheEntry? stale, Flight? flight, bool isForNobody = false)
{
    private readonly CacheFetch _fetch = CacheFetch.Of(
        turn.Context, turn.Context.Request.Method, turn.IsHead ? null : stale?.Head.Validators, flight, isForNobody, turn.Store);

    /// <summary>The request that was sent, and the answer.</summary>
    public GatewayContext Fetched => _fetch.Context;

    /// <summary>The head to give, of a validated answer.</summary>
    public StoredHead? Head { get; private set; }

    /// <summary>The body of a new answer, held for the caller.</summary>
    public StoredBody? Body { get; private set; }

    /// <summary>The reader of it for the caller; null when the body is complete.</summary>
    public BodyReader? Reader { get; private set; }

    public StoredValidators Validators => StoredValidators.Of(_fetch.Context.Response.Headers, _fetch.ReceivedAt);

    /// <summary>Completes when the body of a new answer has come, or broken off. Never fails.</summary>
    public Task Filling { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the new answer is in the table.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Breaks off what is under way; from any thread.</summary>
    public void Stop() => _fetch.Stop();

    /// <summary>Asks, up to the head of the answer; the body comes on its own.</summary>
    public async ValueTask<ExchangeEnd> RunAsync()
    {
        turn.Context.ListenForAbort(_fetch);
        try
        {
            await _fetch.RunAsync();
        }
        finally
        {
            turn.Context.ListenForAbort(null);
        }

        if (_fetch.HasFailed && stale?.Head.Lifetime.MayStandInAt(_fetch.ReceivedAt) == true)
        {
            await _fetch.DropAsync();
            End(FlightEnd.Failed(_fetch.Context.Failure));
            return ExchangeEnd.StandsIn;
        }

        if (_fetch.Context.Failure is { } failure)
        {
            await _fetch.DropAsync();
            End(_fetch.HasFailed ? FlightEnd.Failed(failure) : FlightEnd.NotStored);
            return ExchangeEnd.Failed;
        }

        if (stale is not null && _fetch.IsConditional && _fetch.Status == StatusCodes.Status304NotModified)
            return await FreshenAsync(stale);
        if (turn.IsHead && stale is not null)
            HeadUpdate.Apply(turn, stale, _fetch.Answer, _fetch.Sequence);
        TakeAnswer();
        return ExchangeEnd.Answered;
    }

    // RFC 9111 §4.3.4. One condition was sent, so the answer speaks of this stored one; but for a strong tag that is another's, of which nothing is taken over.
    private async ValueTask<ExchangeEnd> FreshenAsync(CacheEntry validated)
    {
        await _fetch.DropAsync();
        ReceivedAnswer news = _fetch.Answer;
        string? tag = news.Headers.ETag.Count == 1 ? news.Headers.ETag[0] : null;
        if (EntityTags.IsStrong(tag) && !EntityTags.StronglyEqual(tag, validated.Head.Validators.ETag))
        {
            Head = validated.Head;
            turn.Store.Remove(validated);
            End(FlightEnd.NotStored);
            return ExchangeEnd.Validated;
        }

        Head = Freshening.Apply(turn, validated, news, _fetch.Sequence);
        End(validated.IsListed ? FlightEnd.Stored : FlightEnd.NotStored);
        return ExchangeEnd.Validated;
    }

    private void TakeAnswer()
    {
        ReceivedAnswer answer = _fetch.Answer;
        Lifetime lifetime = LifetimeCalculation.Of(answer, turn.Plan.Settings);
        bool hasBody = !turn.IsHead && answer.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified);
        long? length = hasBody ? answer.Headers.ContentLength : 0;
        bool mayStore = !turn.IsHead && !Fetched.HasStandIn && !(length > turn.Plan.MostBytes) && Storability.Refusal(answer, lifetime, turn.Plan.Shares, turn.Credentials) is null;

        // Who waits for the head does not read yet when the first may have gone away already.
        bool isAwaited = isForNobody || flight is { HasFollowers: true };
        Body = new StoredBody(turn.Store.Memory, length, mayStore ? turn.Plan.MostBytes : 0) { FillsUnread = isAwaited };
        CacheEntry? entry = mayStore
            ? turn.Store.Add(turn.TargetOf(answer.Directives), StoredHeads.Of(answer, lifetime, turn.Context, turn.Plan, _fetch.Sequence), Body)
            : null;
        IsStored = entry is not null;
        Settle();

        Body.Hold();
        Reader = Body.Enter();
        Filling = _fetch.FillAsync(Body, entry, turn.Store);
        // Of what is not kept only that stays which a reader has still to read.
        if (!Body.IsWhole)
            return;
        Body.Leave(Reader!);
        Reader = null;
    }

    private void Settle()
    {
        if (IsStored)
            turn.Store.Uncacheable.Clear(turn.Shared.Hash);
        else if (!turn.IsHead && !_fetch.HasFailed)
            turn.Store.Uncacheable.Mark(turn.Shared.Hash, _fetch.ReceivedAt);

        // An answer that is not stored tells all the same that the old one is past.
        if (!IsStored && !turn.IsHead && stale is not null && !_fetch.HasFailed)
            turn.Store.Remove(stale);
        End(IsStored ? FlightEnd.Stored : _fetch.HasFailed ? FlightEnd.Failed(null) : FlightEnd.NotStored);
    }

    private void End(FlightEnd end)
    {
        if (flight is not null)
            turn.Store.End(flight, end);
    }
}
