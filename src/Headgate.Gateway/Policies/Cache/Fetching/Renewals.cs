using Headgate.Gateway.Policies.Cache.Memory;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Cache.Fetching;

/// <summary>
/// Renews stale answers that were given meanwhile (RFC 5861 §3), each once at a time and a bounded number at once; what finds no place is renewed with the next request. Thread-safe.
/// </summary>
internal sealed class Renewals : IDisposable
{
    /// <summary>The most renewals at once.</summary>
    public const int Most = 64;

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private int _running;

    public Renewals() => _stopped = _stopping.Token;

    /// <summary>The renewals under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Begins to renew an answer, unless that is being done already or there is no place.</summary>
    /// <param name="turn">The request that met the stale answer; not used any more once this returns.</param>
    /// <param name="stale">The answer; held for the renewal alone.</param>
    public void TryStart(CacheTurn turn, CacheEntry stale)
    {
        Flight flight = turn.Store.Join(stale.Resource.Target, out bool leads);
        if (leads && TryTakePlace())
        {
            _ = RunAsync(new Renewal(turn, stale, flight, _stopped));
            return;
        }

        if (leads)
            turn.Store.End(flight, FlightEnd.Failed(null));
        stale.Body.LetGo();
    }

    /// <summary>Breaks off what is under way, and begins nothing any more.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private bool TryTakePlace()
    {
        if (Interlocked.Increment(ref _running) <= Most && !_stopped.IsCancellationRequested)
            return true;
        Interlocked.Decrement(ref _running);
        return false;
    }

    private async Task RunAsync(Renewal renewal)
    {
        try
        {
            await renewal.RunAsync();
        }
        catch (Exception error)
        {
            CacheLog.RenewalFailed(renewal.Logger, error, renewal.Operation);
        }
        finally
        {
            renewal.End();
            Interlocked.Decrement(ref _running);
        }
    }
}
