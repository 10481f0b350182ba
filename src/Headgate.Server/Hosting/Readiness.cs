namespace Headgate.Server.Hosting;

/// <summary>Whether this instance wants traffic. Thread-safe.</summary>
internal sealed class Readiness
{
    private volatile ReadinessState _state = ReadinessState.Starting;

    /// <summary>The state now.</summary>
    public ReadinessState State => _state;

    /// <summary>The listeners are open and the plan serves.</summary>
    public void BecomeReady() => _state = ReadinessState.Ready;

    /// <summary>No further traffic, please.</summary>
    public void BeginDraining() => _state = ReadinessState.Draining;
}
