using Headgate.Gateway.Background;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// The end of the log in this process: woken by every append here, it tells those who wait, and on PostgreSQL gives offsets first. Of what other processes append it is told by them, and looks for
/// it all the same: seldom while their word comes, often while it does not. Thread-safe.
/// </summary>
internal sealed class EventTail
{
    /// <summary>How often a store that other processes share is asked for what they appended, while their word does not come.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>How often it is asked while their word comes: for what one appended that died before it could tell.</summary>
    public static readonly TimeSpan LookWhileToldEvery = TimeSpan.FromSeconds(1);

    private const int MostHeaders = 1000;

    private static readonly TimeSpan s_listenAgainAfter = TimeSpan.FromSeconds(1);

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly Store _store;
    private readonly EventWaiters _waiters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WokenWork _telling;

    // Beside the telling: what arrives has its offset while others are told of what came before. Null where offsets come with the append.
    private readonly WokenWork? _sequencing;
    private volatile bool _isTold;

    public EventTail(Store store, EventWaiters waiters, TimeProvider time, ILogger logger)
    {
        (_store, _waiters, _time, _logger) = (store, waiters, time, logger);
        _telling = new WokenWork(TellAsync, problem => EventsLog.NoneTold(logger, problem), () => EventsLog.ToldAgain(logger), time);
        if (store.Location.Engine != StoreEngine.PostgreSql)
            return;
        var sequencer = new EventSequencer(store, _self);
        _sequencing = new WokenWork(
            async stop =>
            {
                if (await sequencer.RunAsync(stop).ConfigureAwait(false))
                    _telling.Wake();
            },
            problem => EventsLog.NoneSequenced(logger, problem), () => EventsLog.SequencedAgain(logger), time);
    }

    /// <summary>Says that somebody waits, or has something to be told. Never blocks.</summary>
    public void Wake() => _telling.Wake();

    /// <summary>Says that something may have been appended that has no offset yet. Never blocks.</summary>
    public void Arrived() => (_sequencing ?? _telling).Wake();

    public void Begin(BackgroundWork background)
    {
        background.Begin("events: the end of the log", _telling.RunAsync);
        if (_sequencing is null)
            return;
        background.Begin("events: offsets", _sequencing.RunAsync);
        background.Begin("events: what other instances append", LookAsync);
        background.Begin("events: what other instances tell", HearAsync);
    }

    private Task LookAsync(CancellationToken cancellationToken)
    {
        long lookedAt = _time.GetTimestamp();
        return Rounds.RunAsync(LookEvery, _time, atOnce: false, _ => Look(), cancellationToken);

        // Others may have given the offsets to what they appended, or left it without.
        void Look()
        {
            if (_isTold && _time.GetElapsedTime(lookedAt) < LookWhileToldEvery)
                return;
            lookedAt = _time.GetTimestamp();
            Arrived();
            Wake();
        }
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        bool isMissed = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // Its own word tells what it knows; the first of all, that others' would come, and that some may have been missed.
                await foreach (string from in _store.ListenAsync(EventSequencer.Signal, cancellationToken).ConfigureAwait(false))
                {
                    (_isTold, isMissed) = (true, false);
                    if (from != _self)
                        Wake();
                }
            }
            catch (StoreException exception)
            {
                _isTold = false;
                if (!isMissed)
                    EventsLog.NotTold(_logger, LookEvery, exception.Message);
                isMissed = true;
                await Task.Delay(s_listenAgainAfter, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The process stops.
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        while (_waiters.From is { } from)
        {
            IReadOnlyList<EventHeader> headers = await _store.ReadStatementAsync(session => EventTable.ListHeadersAsync(session, from, MostHeaders), cancellationToken).ConfigureAwait(false);
            _waiters.Tell(from, headers);
            if (headers.Count < MostHeaders)
                return;
        }
    }
}
