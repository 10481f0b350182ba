using Headgate.Gateway.Configuration;

namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>How long to wait before a call is repeated. Stateless.</summary>
public static class RetryDelay
{
    /// <summary>The wait after a try.</summary>
    /// <param name="settings">How it grows.</param>
    /// <param name="tries">How many tries were made, from 1.</param>
    /// <param name="chance">The share of chance, from 0 to below 1.</param>
    public static TimeSpan After(RetrySettings settings, int tries, double chance)
    {
        ArgumentNullException.ThrowIfNull(settings);
        TimeSpan first = settings.BaseDelay;
        TimeSpan grown = settings.Backoff switch
        {
            Backoff.Linear => first * tries,
            Backoff.Constant => first,
            _ => first * Math.Pow(2, tries - 1),
        };
        TimeSpan bounded = grown < settings.MaxDelay ? grown : settings.MaxDelay;
        return bounded + (bounded * settings.Jitter * chance);
    }
}
