using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Integration.Idempotency;

/// <summary>What an operation says of idempotency keys, compiled. Immutable.</summary>
/// <param name="Operation">What tells the operation from all others.</param>
/// <param name="Settings">What the document says.</param>
/// <param name="ClaimedFor">How long a request may take before another may take its place.</param>
/// <param name="Unchecked">Where callers show who they are to the service alone.</param>
internal sealed record IdempotencyPlan(string Operation, IdempotencySettings Settings, TimeSpan ClaimedFor, UncheckedPlaces Unchecked)
{
    /// <summary>What an answer's body may take beyond its head's time.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
}
