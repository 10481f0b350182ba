using System.Collections.Concurrent;
using Headgate.Gateway.Background;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>The keys of all issuers, which live longer than a plan. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">Where changes and failures are told.</param>
public sealed class IssuerKeysDirectory(TimeProvider time, ILogger<IssuerKeysDirectory> logger) : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly KeyFetcher _fetcher = new(time);
    private readonly ConcurrentDictionary<KeyOrigin, IssuerKeys> _issuers = new();

    /// <summary>Reads keys when it is time to, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Rounds.RunAsync(s_look, time, atOnce: true, _ => RefreshWhatIsDue(), cancellationToken);

    /// <summary>Ends what is being fetched.</summary>
    public void Dispose() => _fetcher.Dispose();

    internal void RefreshWhatIsDue()
    {
        foreach (IssuerKeys keys in _issuers.Values)
            keys.RefreshWhenDue();
    }

    internal IssuerKeys Get(KeyOrigin origin) => _issuers.GetOrAdd(origin, static (key, directory) => directory.Make(key), this);

    internal void Keep(IReadOnlySet<IssuerKeys> used)
    {
        foreach ((KeyOrigin origin, IssuerKeys keys) in _issuers)
        {
            if (!used.Contains(keys))
                _issuers.TryRemove(origin, out _);
        }
    }

    private IssuerKeys Make(KeyOrigin origin) => new(origin, _fetcher.FetchAsync, time, logger);
}
