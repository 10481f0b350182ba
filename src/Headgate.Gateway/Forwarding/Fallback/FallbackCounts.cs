namespace Headgate.Gateway.Forwarding.Fallback;

/// <summary>How often a service's answers were stood in for. Lives from plan to plan. Thread-safe.</summary>
/// <param name="service">The service.</param>
internal sealed class FallbackCounts(string service)
{
    private long _answered;

    public string Service => service;

    public long Answered => Volatile.Read(ref _answered);

    public void Count() => Interlocked.Increment(ref _answered);
}
