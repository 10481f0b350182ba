using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>How the call ended for which requests waited. Immutable.</summary>
/// <param name="IsStored">Whether there is an answer in the table, be it still coming.</param>
/// <param name="HasFailed">Whether the upstream failed or answered with a failure.</param>
/// <param name="Failure">The error of the gateway where no answer came; else null.</param>
internal sealed record FlightEnd(bool IsStored, bool HasFailed, GatewayFailure? Failure)
{
    public static FlightEnd Stored { get; } = new(true, false, null);

    public static FlightEnd NotStored { get; } = new(false, false, null);

    public static FlightEnd Failed(GatewayFailure? failure) => new(false, true, failure);
}
