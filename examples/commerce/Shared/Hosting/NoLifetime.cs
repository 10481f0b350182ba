using Microsoft.Extensions.Hosting;

namespace Commerce.Shared.Hosting;

/// <summary>A host that reacts to no signals, because it is one of several in its process.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
