using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>An upstream that holds its requests until a test lets them go on.</summary>
internal sealed class GatedOrigin(Func<HttpContext, Task> answer) : IAsyncDisposable
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task FirstAsync() => _first.Task;

    public void Open() => _gate.TrySetResult();

    public void Close() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task ServeAsync(HttpContext context)
    {
        _first.TrySetResult();
        await _gate.Task;
        await answer(context);
    }

    public ValueTask DisposeAsync()
    {
        Open();
        return ValueTask.CompletedTask;
    }
}
