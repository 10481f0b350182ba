namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The gauges of the event log, from the last readings of it: nobody who asks for metrics waits for the store. Thread-safe.</summary>
internal sealed class EventMetrics
{
    private Func<EventReadings?> _read = () => null;

    /// <summary>Names the source of readings; null readings are none.</summary>
    public void Observe(Func<EventReadings?> read) => Volatile.Write(ref _read, read);

    public IEnumerable<MetricFamily> Families() =>
    [
        new(MetricCatalogue.EventLogEnd, () => Readings is { } now ? [new MetricSample(now.End)] : []),
        new(MetricCatalogue.EventReaders, () => Readings is { } now ? [new MetricSample(now.Waiting)] : []),
        new(MetricCatalogue.SubscriptionLag, () => Of(reading => reading.Behind)),
        new(MetricCatalogue.SubscriptionAge, () => Of(reading => reading.Age.TotalSeconds)),
        new(MetricCatalogue.SubscriptionRetrying, () => Of(reading => reading.Retrying)),
        new(MetricCatalogue.DeadLetters, () => Of(reading => reading.DeadLetters)),
    ];

    private EventReadings? Readings => Volatile.Read(ref _read)();

    private IEnumerable<MetricSample> Of(Func<SubscriptionReading, double> read) => Readings?.Subscriptions.Select(reading => new MetricSample(read(reading), reading.Name)) ?? [];
}
