namespace Headgate.Server.Reporting;

/// <summary>Asks for a state of a service's circuit breakers.</summary>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Operation">The operation whose own breaker is meant, as <c>document/operationId</c>; null for all of the service.</param>
internal sealed record BreakerBody(string State, string? Operation);
