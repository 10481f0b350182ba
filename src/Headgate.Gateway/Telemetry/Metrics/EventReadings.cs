namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How the event log stood when it was last looked at. Immutable.</summary>
/// <param name="End">The offset of its last event.</param>
/// <param name="Waiting">How many clients wait for events.</param>
/// <param name="Subscriptions">Its durable consumers.</param>
public sealed record EventReadings(long End, int Waiting, IReadOnlyList<SubscriptionReading> Subscriptions);
