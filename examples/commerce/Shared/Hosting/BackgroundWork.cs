using Commerce.Shared.Events;

namespace Commerce.Shared.Hosting;

/// <summary>
/// What a service does beside serving requests. Work that fails by something unforeseen (a full disk) is reported and begins again: it
/// must be such that it can be broken off anywhere.
/// </summary>
internal sealed class BackgroundWork(TimeProvider clock, ILogger<BackgroundWork> logger)
{
    private readonly List<Func<CancellationToken, Task>> _work = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Adds what is to run from <see cref="Start"/> until it is cancelled.</summary>
    public void Add(Func<CancellationToken, Task> work) => _work.Add(work);

    public void Start(CancellationToken stopping) => _running = Task.WhenAll(_work.Select(work => RunAsync(work, stopping)));

    /// <summary>Returns when all of it has ended.</summary>
    public Task EndedAsync() => _running;

    private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        // Off the caller's thread, which starts the next service.
        await Task.Yield();
        var backoff = new Backoff(clock);
        try
        {
            while (true)
            {
                try
                {
                    await work(stopping);
                }
                catch (Exception error) when (!stopping.IsCancellationRequested)
                {
                    HostingLog.BackgroundFailed(logger, error);
                }

                await backoff.WaitAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
