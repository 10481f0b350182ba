using Commerce.Shared.Idempotency;

namespace Commerce.Connectors;

/// <summary>
/// Repeats a call when the network fails, with exponential backoff and jitter. Only calls that may be repeated (reads, and
/// writes under an idempotency key), and never one that was sent and not answered in time.
/// </summary>
internal sealed class RetryInterceptor(TimeProvider clock) : DelegatingHandler
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < MaxRetries && MayRepeat(request))
            {
                await Task.Delay(Delay(attempt), clock, cancellationToken);
            }
        }
    }

    private static bool MayRepeat(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Headers.Contains(IdempotencyScope.Header);

    private static TimeSpan Delay(int attempt)
    {
        var delay = BaseDelay * Math.Pow(2, attempt);
        var jitter = delay * 0.3 * Random.Shared.NextDouble();
        return (delay < MaxDelay ? delay : MaxDelay) + jitter;
    }
}
