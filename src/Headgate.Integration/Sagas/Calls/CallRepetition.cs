using Headgate.Gateway.Calls;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Retry;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas.Calls;

/// <summary>How long a saga waits before it makes a call again, and how often. Stateless, thread-safe.</summary>
internal static class CallRepetition
{
    // A service that says "later" is heard, but not for ever.
    private static readonly TimeSpan s_longestAsked = TimeSpan.FromMinutes(1);

    private static readonly RetrySettings s_soon = new() { BaseDelay = new Duration(TimeSpan.FromMilliseconds(200)) };

    /// <summary>How a call is repeated that has to come to an end: what undoes a step, and what follows the pivot.</summary>
    public static RetrySettings Patient { get; } = new() { Attempts = 10 };

    /// <summary>The wait before a call of a step that may still be undone.</summary>
    public static TimeSpan Soon(ServiceCall call, int attempts, ServiceAnswer answer) => After(call.Retry ?? s_soon, attempts, answer);

    /// <summary>The wait before a call that has to come to an end.</summary>
    public static TimeSpan Patiently(RetrySettings settings, int attempts, ServiceAnswer answer) => After(settings, attempts, answer);

    private static TimeSpan After(RetrySettings settings, int attempts, ServiceAnswer answer)
    {
        TimeSpan own = RetryDelay.After(settings, Math.Min(attempts, 30), Random.Shared.NextDouble());
        TimeSpan asked = answer.RetryAfter is { } wait && wait < s_longestAsked ? wait : answer.RetryAfter is null ? TimeSpan.Zero : s_longestAsked;
        return asked > own ? asked : own;
    }
}
