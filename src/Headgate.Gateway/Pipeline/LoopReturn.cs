using System.Runtime.CompilerServices;
using Headgate.Gateway.Sockets;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Awaits what ends on another thread and goes on on the event loop on which the wait began, with the sockets of the request: <c>await new LoopReturn&lt;T&gt;(task)</c>. An ordinary await goes
/// on on the thread pool, which has to be woken for it, and leaves the loop for the rest of the request. Off the loops, and on those that run nothing themselves, it is the ordinary one.
/// </summary>
/// <param name="task">What is awaited, once.</param>
public readonly struct LoopReturn<T>(Task<T> task) : ICriticalNotifyCompletion
{
    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>Itself: what the compiler awaits.</summary>
    public LoopReturn<T> GetAwaiter() => this;

    /// <summary>What came of it.</summary>
    public T GetResult() => task.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        // A task hands what awaited it to the context that was there then, from the thread that ends it: here the loop, without the pool in between.
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(EventLoop.Current is { RunsInline: true } loop ? loop.Continuations : null);
        try
        {
            task.GetAwaiter().UnsafeOnCompleted(continuation);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
