namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The gauges of the event log, from the last readings of it: nobody who asks for metrics waits for the store. Thread-safe.</summary>
internal sealed class EventMetrics
{
    private static readonly MetricDescriptor s_eventLogEnd = new(
        "headgate_event_log_end_offset", MetricKind.Gauge, "Offset of the last event of the log; its growth is how many events are appended.", []);

    private static readonly MetricDescriptor s_eventReaders = new(
        "headgate_event_log_waiting_readers", MetricKind.Gauge, "Clients that wait for events now.", []);

    private static readonly MetricDescriptor s_subscriptionLag = new(
        "headgate_event_subscription_lag_events", MetricKind.Gauge, "Offsets of the log that a subscription has not come to.", ["subscription"]);

    private static readonly MetricDescriptor s_subscriptionAge = new(
        "headgate_event_subscription_lag_seconds", MetricKind.Gauge, "Age of the oldest event to which a subscription has not come; 0 when there is none.", ["subscription"]);

    private static readonly MetricDescriptor s_subscriptionRetrying = new(
        "headgate_event_subscription_retrying", MetricKind.Gauge, "Partitions of a subscription in which an event failed that is to be tried again.", ["subscription"]);

    private static readonly MetricDescriptor s_deadLetters = new(
        "headgate_dead_letters", MetricKind.Gauge, "Events that a subscription gave up, and that nobody has retried or dropped.", ["subscription"]);

    private Func<EventReadings?> _read = () => null;

    /// <summary>What they are.</summary>
    public static IReadOnlyList<MetricDescriptor> Descriptors { get; } = [s_eventLogEnd, s_eventReaders, s_subscriptionLag, s_subscriptionAge, s_subscriptionRetrying, s_deadLetters];

    /// <summary>Names the source of readings; null readings are none.</summary>
    public void Observe(Func<EventReadings?> read) => Volatile.Write(ref _read, read);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(s_eventLogEnd, () => Readings is { } now ? [new MetricSample(now.End)] : []),
        new(s_eventReaders, () => Readings is { } now ? [new MetricSample(now.Waiting)] : []),
        new(s_subscriptionLag, () => Of(reading => reading.Behind)),
        new(s_subscriptionAge, () => Of(reading => reading.Age.TotalSeconds)),
        new(s_subscriptionRetrying, () => Of(reading => reading.Retrying)),
        new(s_deadLetters, () => Of(reading => reading.DeadLetters)),
    ];

    private EventReadings? Readings => Volatile.Read(ref _read)();

    private IEnumerable<MetricSample> Of(Func<SubscriptionReading, double> read) => Readings?.Subscriptions.Select(reading => new MetricSample(read(reading), reading.Name)) ?? [];
}
