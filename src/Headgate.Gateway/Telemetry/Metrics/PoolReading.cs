namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>The state of one pool of upstream connections, read when metrics are written.</summary>
/// <param name="Service">The service to which the connections lead.</param>
/// <param name="Open">Connections that exist, idle ones included.</param>
/// <param name="Idle">Connections that wait for a request.</param>
public readonly record struct PoolReading(string Service, int Open, int Idle);
