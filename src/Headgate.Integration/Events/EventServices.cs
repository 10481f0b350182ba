using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Integration.Events;

/// <summary>The event log of a process with all that belongs to it. Thread-safe.</summary>
public sealed class EventServices
{
    private readonly EventRetention _retention;

    /// <param name="store">The store, opened before anything runs.</param>
    /// <param name="retention">How long events are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where trouble is told.</param>
    public EventServices(Store store, EventRetentionOptions retention, TimeProvider time, ILoggerFactory logs)
    {
        Log = new EventLog(store, time, logs.CreateLogger<EventLog>());
        Subscriptions = new EventSubscriptions(Log, store, time, logs.CreateLogger<EventSubscriptions>());
        Watch = new EventWatch(Log, Subscriptions, time);
        _retention = new EventRetention(store, retention, time, logs.CreateLogger<EventRetention>());
    }

    /// <summary>The log.</summary>
    public EventLog Log { get; }

    /// <summary>Its durable consumers.</summary>
    public EventSubscriptions Subscriptions { get; }

    /// <summary>How both stand.</summary>
    public EventWatch Watch { get; }

    /// <summary>Begins what there is to do in the background.</summary>
    public void Begin(BackgroundWork background)
    {
        ArgumentNullException.ThrowIfNull(background);
        Log.Begin(background);
        Subscriptions.Begin(background);
        background.Begin("events: how they stand", Watch.RunAsync);
        background.Begin("events: retention", _retention.RunAsync);
    }
}
