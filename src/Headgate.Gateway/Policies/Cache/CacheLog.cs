using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Log messages of the cache. Event ids 2240–2249.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(2240, LogLevel.Error, "Renewing a stored answer of {Operation} failed")]
    public static partial void RenewalFailed(ILogger logger, Exception exception, string operation);

    [LoggerMessage(2241, LogLevel.Information, "Purged {Count} stored answers: {What}")]
    public static partial void Purged(ILogger logger, int count, string what);
}
