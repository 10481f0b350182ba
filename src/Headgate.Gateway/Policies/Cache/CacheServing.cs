using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Fetching;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Serves a request for which there is nothing in the table that can be given as it is.</summary>
internal static class CacheServing
{
    // A request waits for the answer to another one at most so often, and then goes on its own.
    private const int MostWaits = 2;

    /// <summary>Gives a stored answer, and takes over the hold on it.</summary>
    /// <returns>False when its beginning is gone, because it grew too large while it came, or nobody waited for its end. The hold stays the caller's then.</returns>
    public static bool TryGive(GatewayContext context, CacheEntry entry, DateTimeOffset now, string? status = null)
    {
        StoredBody body = entry.Body;
        BodyReader? reader = null;
        if (!body.IsWhole && (reader = body.Enter()) is null)
            return false;
        CacheAnswer.Give(context, entry.Head, body, reader, now, status);
        return true;
    }

    /// <summary>Asks the upstream, or waits for who does.</summary>
    public static async ValueTask<PolicyVerdict> ServeAsync(CacheTurn turn)
    {
        for (int waits = 0; ; waits++)
        {
            CacheEntry? entry = turn.Find();
            if (entry is not null && TryGiveAtOnce(turn, entry, hasWaited: waits > 0))
                return PolicyVerdict.Answered;
            if (turn.Said.OnlyIfCached)
                return Refuse(turn, entry);

            // What is still coming cannot be validated yet: it is asked for on its own.
            if (entry is { Body.IsWhole: false })
            {
                entry.Body.LetGo();
                entry = null;
            }

            if (turn.IsHead && entry is null)
                return Forward(turn);
            if (turn.Context.Request.Headers.Range.Count > 0 && entry is null)
                return Forward(turn);
            if (waits == MostWaits || !turn.IsCollapsible)
                return await FetchAsync(turn, entry, null);

            Flight flight = turn.Store.Join(turn.Shared, out bool leads);
            if (leads)
                return await FetchAsync(turn, entry, flight);
            FlightEnd end = await flight.End;
            if (StandIn(turn, entry, end))
                return PolicyVerdict.Answered;
            entry?.Body.LetGo();

            // Two calls in a row failed while the request waited: a third would be one of a herd.
            if (end.Failure is { } failure && waits + 1 == MostWaits)
                return turn.Context.Fail(failure);
        }
    }

    private static bool TryGiveAtOnce(CacheTurn turn, CacheEntry entry, bool hasWaited)
    {
        DateTimeOffset now = turn.Now;
        Reuse reuse = entry.Head.Lifetime.ReuseFor(turn.Said, now);
        if (reuse == Reuse.Validate)
            return false;
        if (reuse == Reuse.StaleWhileRenewed && !turn.Said.OnlyIfCached)
        {
            entry.Body.Hold();
            turn.Store.Renewals.TryStart(turn, entry);
        }

        if (!TryGive(turn.Context, entry, now, hasWaited ? CacheStatus.Collapsed : null))
            return false;
        turn.Plan.Counters.Count(hasWaited ? CacheResult.Collapsed : reuse == Reuse.Fresh ? CacheResult.Hit : CacheResult.Stale);
        return true;
    }

    private static bool StandIn(CacheTurn turn, CacheEntry? entry, FlightEnd end)
    {
        if (!end.HasFailed || entry is null || !entry.Head.Lifetime.MayStandInAt(turn.Now) || !TryGive(turn.Context, entry, turn.Now, CacheStatus.StandsIn))
            return false;
        turn.Plan.Counters.Count(CacheResult.StaleOnError);
        return true;
    }

    private static async ValueTask<PolicyVerdict> FetchAsync(CacheTurn turn, CacheEntry? stale, Flight? flight)
    {
        bool isGiven = false;
        try
        {
            var exchange = new CacheExchange(turn, stale, flight);
            ExchangeEnd end = await exchange.RunAsync();
            turn.Context.TellOf(exchange.Fetched);
            isGiven = Give(turn, stale, exchange, end);
            return PolicyVerdict.Answered;
        }
        finally
        {
            if (!isGiven)
                stale?.Body.LetGo();
            if (flight is not null)
                turn.Store.End(flight, FlightEnd.Failed(null));
        }
    }

    // Whether it was the stale answer that was given: the hold on it is the response's then.
    private static bool Give(CacheTurn turn, CacheEntry? stale, CacheExchange exchange, ExchangeEnd end)
    {
        switch (end)
        {
            case ExchangeEnd.StandsIn when TryGive(turn.Context, stale!, turn.Now, CacheStatus.StandsIn):
                turn.Plan.Counters.Count(CacheResult.StaleOnError);
                return true;
            case ExchangeEnd.Validated:
                CacheAnswer.Give(turn.Context, exchange.Head!, stale!.Body, reader: null, turn.Now, CacheStatus.Validated);
                turn.Plan.Counters.Count(CacheResult.Revalidated);
                return true;
            case ExchangeEnd.Answered:
                string status = StatusOf(turn, stale, exchange.IsStored);
                CacheAnswer.Give(turn.Context, exchange.Fetched, exchange.Validators, exchange.Body!, exchange.Reader, status);
                turn.Plan.Counters.Count(exchange.IsStored ? CacheResult.Stored : CacheResult.NotStored);
                return false;
            default:
                CacheAnswer.CopyHeaders(exchange.Fetched, turn.Context.Response.Headers);
                turn.Context.Fail(exchange.Fetched.Failure!);
                turn.Plan.Counters.Count(CacheResult.NotStored);
                return false;
        }
    }

    private static string StatusOf(CacheTurn turn, CacheEntry? stale, bool isStored)
    {
        if (stale is null)
            return isStored ? CacheStatus.MissStored : CacheStatus.Miss;
        if (turn.Said.NoCache || turn.Said.MaxAge is not null || turn.Said.MinFresh is not null)
            return isStored ? CacheStatus.RequestStored : CacheStatus.Request;
        return isStored ? CacheStatus.StaleStored : CacheStatus.Stale;
    }

    private static PolicyVerdict Forward(CacheTurn turn)
    {
        turn.Plan.Counters.Count(CacheResult.Bypassed);
        turn.Context.Response.Headers[CacheStatus.Header] = turn.IsHead ? CacheStatus.Method : CacheStatus.Bypass;
        return PolicyVerdict.Continue;
    }

    // RFC 9111 §5.2.1.7.
    private static PolicyVerdict Refuse(CacheTurn turn, CacheEntry? entry)
    {
        entry?.Body.LetGo();
        turn.Plan.Counters.Count(CacheResult.Refused);
        turn.Context.Response.Headers[CacheStatus.Header] = CacheStatus.NotCached;
        return turn.Context.Fail(new GatewayFailure(ErrorCatalogue.CachedResponseMissing, "No stored answer can be given, and the request asks for nothing else."));
    }
}
