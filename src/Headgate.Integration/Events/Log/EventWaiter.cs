namespace Headgate.Integration.Events.Log;

/// <summary>One who waits for an event. <see cref="After"/> belongs to the lock of <see cref="EventWaiters"/>.</summary>
internal sealed class EventWaiter(long after, EventFilter filter)
{
    // Whoever tells it has others to tell.
    private readonly TaskCompletionSource<EventWait> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Up to where there is nothing for it.</summary>
    public long After { get; set; } = after;

    /// <summary>On whose behalf it waits.</summary>
    public string Caller { get; init; } = "";

    /// <summary>Whether it counts against the bound of those who wait.</summary>
    public bool IsCounted { get; init; } = true;

    public Task<EventWait> Task => _end.Task;

    public bool Wants(EventHeader header) => header.Offset > After && filter.Matches(header.Type, header.Tenant, header.Slot);

    public void End(EventWait how) => _end.TrySetResult(how);
}
