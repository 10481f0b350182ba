namespace Headgate.Gateway.Telemetry.Stalls;

/// <summary>The time between two awaits, in which a request holds its thread. Dispose it when the thread goes free. Empty when nobody watches.</summary>
internal readonly struct EventThreadSegment(StallSlot? slot) : IDisposable
{
    public void Dispose() => slot?.End();
}
