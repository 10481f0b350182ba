using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Forwarding.CircuitBreaker;

/// <summary>What makes a breaker the same: after a reload, and in several documents that call the same service at the same addresses.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Addresses">Its addresses, as one text.</param>
/// <param name="Operation">The operation, where its own backend settings say when its calls stop; null for the service's.</param>
/// <param name="Settings">When it opens and closes.</param>
internal sealed record BreakerIdentity(string Service, string Addresses, string? Operation, CircuitBreakerSettings Settings);
