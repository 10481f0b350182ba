using System.Globalization;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>
/// What makes a limit the same limit after a reload: then its counts go on. The burst is not among it, since it does not change what was used.
/// </summary>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation, where each has counts of its own; else null.</param>
/// <param name="Service">The service, where each has counts of its own; else null.</param>
/// <param name="Name">The limit's name.</param>
/// <param name="By">Whose requests it counts together.</param>
/// <param name="Limit">How many requests in each window.</param>
/// <param name="Window">The window.</param>
/// <param name="Callers">Whose requests it counts.</param>
internal sealed record LimitIdentity(string Api, string? Operation, string? Service, string Name, RateLimitKey By, int Limit, TimeSpan Window, LimitedCallers Callers)
{
    /// <summary>The same as text; the order of limits in lists.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Api}\n{Operation}\n{Service}\n{LimitKind.Rate}\n{Name}\n{By}\n{Limit}\n{Window}\n{Callers}");
}
