using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>Log messages of retries. Event ids 2205–2209. At most one in ten seconds for each service.</summary>
internal static partial class RetryLog
{
    [LoggerMessage(2205, LogLevel.Warning, "Retry budget of {Service} is used up: calls that fail are not repeated while retries are {Percent} % of its traffic")]
    public static partial void BudgetUsedUp(ILogger logger, string service, int percent);
}
