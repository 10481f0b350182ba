using System.Threading.Channels;
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

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly string _self = Guid.NewGuid().ToString("N");
    private readonly EventSequencer? _sequencer;
    private readonly Store _store;
    private readonly EventWaiters _waiters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // One that waits to be taken stands for all that came meanwhile.
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private bool _inTrouble;
    private volatile bool _isTold;
    private int _hasArrivals = 1;

    public EventTail(Store store, EventWaiters waiters, TimeProvider time, ILogger logger)
    {
        (_store, _waiters, _time, _logger) = (store, waiters, time, logger);
        _sequencer = store.Location.Engine == StoreEngine.PostgreSql ? new EventSequencer(store, _self) : null;
    }

    /// <summary>Says that somebody waits, or has something to be told. Never blocks.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Says that something may have been appended that has no offset yet. Never blocks.</summary>
    public void Arrived()
    {
        Volatile.Write(ref _hasArrivals, 1);
        Wake();
    }

    public void Begin(BackgroundWork background)
    {
        background.Begin("events: the end of the log", FollowAsync);
        if (_sequencer is null)
            return;
        background.Begin("events: what other instances append", LookAsync);
        background.Begin("events: what other instances tell", HearAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        // Whoever waited when this failed is not forgotten.
        Wake();
        try
        {
            await foreach (bool _ in _wakes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await TryStepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private Task LookAsync(CancellationToken cancellationToken)
    {
        long lookedAt = _time.GetTimestamp();
        return Rounds.RunAsync(LookEvery, _time, atOnce: false, _ => Look(), cancellationToken);

        void Look()
        {
            if (_isTold && _time.GetElapsedTime(lookedAt) < LookWhileToldEvery)
                return;
            lookedAt = _time.GetTimestamp();
            Arrived();
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
                    _isTold = true;
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
                await Task.Delay(s_retryAfter, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The process stops.
            }
        }
    }

    private async Task TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync(cancellationToken).ConfigureAwait(false);
            if (_inTrouble)
                EventsLog.Recovered(_logger);
            _inTrouble = false;
        }
        catch (StoreException exception)
        {
            if (!_inTrouble)
                EventsLog.Trouble(_logger, exception.Message);
            _inTrouble = true;

            // Nobody may append again: who waits is owed another look.
            await Task.Delay(s_retryAfter, _time, cancellationToken).ConfigureAwait(false);
            Arrived();
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        // Whoever appended gives the offsets: two that do it at once only have each other begin anew.
        if (_sequencer is not null && Interlocked.Exchange(ref _hasArrivals, 0) == 1)
            await _sequencer.RunAsync(cancellationToken).ConfigureAwait(false);
        while (_waiters.From is { } from)
        {
            IReadOnlyList<EventHeader> headers = await _store.ReadAsync(session => EventTable.ListHeadersAsync(session, from, MostHeaders), cancellationToken).ConfigureAwait(false);
            _waiters.Tell(from, headers);
            if (headers.Count < MostHeaders)
                return;
        }
    }
}
