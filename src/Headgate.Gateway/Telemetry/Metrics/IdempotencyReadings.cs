namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>How idempotency keys stand in this process. Immutable.</summary>
/// <param name="Running">Requests that claimed a key and are under way.</param>
/// <param name="Oldest">How long the oldest of them is; zero for none.</param>
/// <param name="Results">What came of requests since the start, by label.</param>
public sealed record IdempotencyReadings(int Running, TimeSpan Oldest, IReadOnlyList<KeyValuePair<string, long>> Results);
