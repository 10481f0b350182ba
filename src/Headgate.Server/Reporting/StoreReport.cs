using Headgate.Storage;

namespace Headgate.Server.Reporting;

/// <summary>The store of a running instance.</summary>
/// <param name="Place">The file, or the URL without its password.</param>
/// <param name="Healthy">Whether it can be used.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Problem">What is wrong and what to do; null while nothing is.</param>
internal sealed record StoreReport(string Place, bool Healthy, DateTimeOffset Since, string? Problem)
{
    public static StoreReport Of(Store store)
    {
        StoreHealth health = store.Health;
        return new StoreReport(store.Location.ToString(), health.IsHealthy, health.Since, health.Problem?.ToString());
    }
}
