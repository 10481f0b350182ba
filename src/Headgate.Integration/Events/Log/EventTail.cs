using System.Threading.Channels;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events.Log;

/// <summary>
/// The end of the log in this process: woken by every append here, it tells those who wait, and on PostgreSQL gives offsets first. What other processes append it finds by
/// looking, <see cref="LookEvery"/>. Thread-safe.
/// </summary>
internal sealed class EventTail(Store store, EventWaiters waiters, TimeProvider time, ILogger logger)
{
    /// <summary>How often a store that other processes share is asked for what they appended.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private const int MostHeaders = 1000;

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    private readonly EventSequencer? _sequencer = store.Location.Engine == StoreEngine.PostgreSql ? new EventSequencer(store) : null;

    // One that waits to be taken stands for all that came meanwhile.
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private bool _inTrouble;

    /// <summary>Says that something was appended, or that somebody waits. Never blocks.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(FollowAsync(cancellationToken), _sequencer is null ? Task.CompletedTask : LookAsync(cancellationToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
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

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                Wake();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StepAsync(cancellationToken).ConfigureAwait(false);
            if (_inTrouble)
                EventsLog.Recovered(logger);
            _inTrouble = false;
        }
        catch (StoreException exception)
        {
            if (!_inTrouble)
                EventsLog.Trouble(logger, exception.Message);
            _inTrouble = true;

            // Nobody may append again: who waits is owed another look.
            await Task.Delay(s_retryAfter, time, cancellationToken).ConfigureAwait(false);
            Wake();
        }
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        if (_sequencer is not null)
            await _sequencer.RunAsync(cancellationToken).ConfigureAwait(false);
        while (waiters.From is { } from)
        {
            IReadOnlyList<EventHeader> headers = await store.ReadAsync(session => EventTable.ListHeadersAsync(session, from, MostHeaders), cancellationToken).ConfigureAwait(false);
            waiters.Tell(from, headers);
            if (headers.Count < MostHeaders)
                return;
        }
    }
}
