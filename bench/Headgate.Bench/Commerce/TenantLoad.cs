using System.Collections.Concurrent;

namespace Headgate.Bench.Commerce;

/// <summary>The requests of one tenant at a rate, whether or not those before are answered: twenty that browse for each that buys.</summary>
/// <param name="shopper">Who asks.</param>
/// <param name="neighbour">Whose orders are pried into now and then; null for nobody's.</param>
/// <param name="time">The clock.</param>
internal sealed class TenantLoad(Shopper shopper, Shopper? neighbour, TimeProvider time)
{
    private const int BrowsesPerPurchase = 20;
    private const int RequestsPerPrying = 50;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>Sends for a while and waits for all answers.</summary>
    public async Task<IReadOnlyCollection<Visit>> RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var visits = new ConcurrentBag<Visit>();
        var all = (int)(perSecond * duration.TotalSeconds);
        var open = new List<Task>(all);
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Step, time);
        while (open.Count < all && await timer.WaitForNextTickAsync(cancellation))
        {
            var due = Math.Min(all, (int)(time.GetElapsedTime(started).TotalSeconds * perSecond));
            while (open.Count < due)
                open.Add(VisitAsync(open.Count, visits, cancellation));
        }
        await Task.WhenAll(open);
        return visits;
    }

    private async Task VisitAsync(int number, ConcurrentBag<Visit> visits, CancellationToken cancellation)
    {
        if (number % RequestsPerPrying == RequestsPerPrying - 1 && neighbour?.Orders.FirstOrDefault() is { } order)
            visits.Add(await shopper.PryAsync(order, cancellation));
        else if (number % (BrowsesPerPurchase + 1) == 0)
            visits.Add(await shopper.BuyAsync(cancellation));
        else
            visits.Add(await shopper.BrowseAsync(cancellation));
    }
}
