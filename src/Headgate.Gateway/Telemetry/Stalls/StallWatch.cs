using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry.Stalls;

/// <summary>
/// Counts how often a request held its thread for more than 5 ms without a break. Requests run on the event threads of sockets, where whatever blocks stops
/// every connection of the thread.
/// </summary>
/// <remarks>
/// Threads only note what they are doing (<see cref="Begin"/>); a thread of the watch looks at the notes every 3 ms and rests while no request runs. So a stall of 8 ms or more is
/// always counted, one between 5 and 8 ms by chance, none below 5 ms; one that never ends is counted too, while it lasts. Time is wall-clock time: a machine without a free processor
/// makes stalls that no policy caused. Segments are the run of a request from its head to its first wait, and what an upstream's socket wakes; where the second begins is known
/// only by the watch's look, so that there the certain length is 11 ms. Not seen: Kestrel's own parsing and TLS, what a client's body wakes, what the
/// framework's transport or the store wakes.
/// </remarks>
internal sealed class StallWatch : IDisposable
{
    private const int PeriodMilliseconds = 3;
    private const int RestAfterSamples = 300;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(10);

    [ThreadStatic]
    private static StallSlot? t_slot;

    private readonly TimeProvider _time;
    private readonly ILogger<StallWatch> _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, StallSlot> _slots = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private StallSlot[] _watched = [];
    private Thread? _thread;
    private bool _resting;
    private volatile bool _stopping;
    private long _stalls;
    private long _segmentsSeen;
    private long _loggedAt;

    public StallWatch(TimeProvider time, ILogger<StallWatch> logger)
    {
        _time = time;
        _logger = logger;
    }

    /// <summary>The stalls counted so far.</summary>
    public long Stalls => Volatile.Read(ref _stalls);

    /// <summary>Notes that this thread works for a request from now until the segment is disposed. Inside another segment it is empty.</summary>
    /// <param name="context">The request; null for none, where nothing is noted.</param>
    /// <param name="since">A timestamp of now, if the caller has one anyway; otherwise the time counts from the watch's first look.</param>
    public static EventThreadSegment Begin(GatewayContext? context, long since = StallSlot.SinceFirstLook)
    {
        if (context?.StallWatch is not { } watch)
            return default;
        StallSlot? slot = t_slot;
        if (slot is null || !ReferenceEquals(slot.Owner, watch))
            t_slot = slot = watch.SlotOfThisThread();
        if (slot.IsBusy)
            return default;
        slot.Begin(context, since);
        if (Volatile.Read(ref watch._resting))
            watch._wake.Set();
        return new EventThreadSegment(slot);
    }

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "headgate-stalls" };
        _thread.Start();
    }

    /// <summary>Looks at every thread once.</summary>
    /// <returns>Whether anything ran since the last look.</returns>
    public bool Look(long now)
    {
        long segments = 0;
        bool busy = false;
        foreach (StallSlot slot in Volatile.Read(ref _watched))
        {
            segments += slot.Segment;
            long since = slot.LookAt(now);
            busy |= since != 0;
            if (since == 0 || _time.GetElapsedTime(since, now) <= s_limit || !slot.TryCount())
                continue;
            Interlocked.Increment(ref _stalls);
            Say(slot, now, _time.GetElapsedTime(since, now));
        }

        bool ran = busy || segments != _segmentsSeen;
        _segmentsSeen = segments;
        return ran;
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        int idle = 0;
        while (!_stopping)
        {
            // Of all waits the one that costs least: on an event that nobody sets it takes half as much again, 300 times a second.
            Thread.Sleep(PeriodMilliseconds);
            idle = Look(_time.GetTimestamp()) ? 0 : idle + 1;
            if (idle < RestAfterSamples)
                continue;

            // A request that begins between the last look and the flag does not wake the watch: hence the longest rest.
            Volatile.Write(ref _resting, true);
            _wake.WaitOne(s_longestRest);
            Volatile.Write(ref _resting, false);
        }
    }

    private void Say(StallSlot slot, long now, TimeSpan lasted)
    {
        if (_loggedAt != 0 && _time.GetElapsedTime(_loggedAt, now) < s_logEvery)
            return;
        _loggedAt = now;
        StallLog.Stalled(_logger, slot.Context?.Operation?.Id ?? "-", Math.Round(lasted.TotalMilliseconds, 1));
    }

    private StallSlot SlotOfThisThread()
    {
        lock (_lock)
        {
            Thread thread = Thread.CurrentThread;
            if (!_slots.TryGetValue(thread.ManagedThreadId, out StallSlot? slot) || !slot.IsAlive)
            {
                foreach ((int id, StallSlot old) in _slots.ToArray())
                {
                    if (!old.IsAlive)
                        _slots.Remove(id);
                }

                _slots[thread.ManagedThreadId] = slot = new StallSlot(this, thread);
                Volatile.Write(ref _watched, [.. _slots.Values]);
            }

            return slot;
        }
    }
}
