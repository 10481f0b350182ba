namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>Something that is waited for and comes again and again. Not thread-safe.</summary>
internal sealed class BodySignal
{
    private TaskCompletionSource? _next;

    // On threads of their own: who sets it may hold an event thread, and a thousand may wait.
    public Task Next() => (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Set()
    {
        _next?.SetResult();
        _next = null;
    }
}
