using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding;

/// <summary>What everything that guards calls to services needs from outside: chance, and somewhere to tell of changes. Immutable, thread-safe.</summary>
/// <param name="Random">Jitter of waiting times, and the choice of instances; thread-safe, or used by one thread.</param>
/// <param name="Logger">Where changes of state are told.</param>
internal sealed record CallCommons(Random Random, ILogger Logger);
