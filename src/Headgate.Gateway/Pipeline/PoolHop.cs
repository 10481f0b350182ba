using System.Runtime.CompilerServices;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Takes a policy off the event thread before it computes for long: what holds an event thread stops every connection of it. Awaiting it goes on on the thread
/// pool, and so does the rest of the request.
/// </summary>
public static class PoolHop
{
    /// <summary>Whether the current thread is not one of the pool's.</summary>
    public static bool IsNeeded => !Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Goes to the pool.</summary>
    public static ConfiguredTaskAwaitable Now() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
