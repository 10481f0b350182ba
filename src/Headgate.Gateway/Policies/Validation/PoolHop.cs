using System.Runtime.CompilerServices;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Goes on with a thread of the pool, where an event thread would be held for long. Free of cost on a thread of the pool.</summary>
internal readonly struct PoolHop : ICriticalNotifyCompletion
{
    public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

    public PoolHop GetAwaiter() => this;

    public void GetResult()
    {
        // Nothing to give: being awaited is all.
    }

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static state => state(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static state => state(), continuation, preferLocal: false);
}
