using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Headgate.Gateway.Policies.Cache.Memory;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>One renewal of a stale answer, with nobody waiting for it.</summary>
internal sealed class Renewal
{
    private readonly CacheTurn _turn;
    private readonly CacheEntry _stale;
    private readonly Flight _flight;
    private readonly CancellationToken _stopped;

    /// <param name="turn">The request that met the stale answer. What is needed of it is copied: its connection goes on with other requests.</param>
    /// <param name="stale">The answer; held.</param>
    /// <param name="flight">Keeps others from renewing it too.</param>
    /// <param name="stopped">Breaks it off.</param>
    public Renewal(CacheTurn turn, CacheEntry stale, Flight flight, CancellationToken stopped)
    {
        (_stale, _flight, _stopped) = (stale, flight, stopped);
        var headers = new HeaderDictionary();
        foreach ((string name, var values) in turn.Context.Request.Headers)
            headers[name] = values;
        GatewayContext apart = DetachedRequest.Of(turn.Context, HttpMethods.Get, headers, tellsInterim: false, stopped);
        apart.Spans = null;
        _turn = turn with { Context = apart };
    }

    public ILogger Logger => _turn.Plan.Logger;

    public string Operation => _turn.Plan.Operation;

    /// <summary>Asks, and completes when the whole new answer has come: a body that comes slowly is under way for as long.</summary>
    public async ValueTask RunAsync()
    {
        var exchange = new CacheExchange(_turn, _stale, _flight, isForNobody: true);
        await using CancellationTokenRegistration stop = _stopped.UnsafeRegister(static state => ((CacheExchange)state!).Stop(), exchange);
        await exchange.RunAsync();
        if (exchange.Body is { } body)
        {
            if (exchange.Reader is { } reader)
                body.Leave(reader);
            body.LetGo();
            await exchange.Filling;
        }

        OwnCalls.Ended(exchange.Fetched);
    }

    /// <summary>Lets go of everything, however it ended.</summary>
    public void End()
    {
        _turn.Store.End(_flight, FlightEnd.Failed(null));
        _stale.Body.LetGo();
    }
}
