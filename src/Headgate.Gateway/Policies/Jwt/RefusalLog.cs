using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Tells of refused tokens, a bounded number a second: whoever sends forgeries must not fill the disk. Thread-safe.</summary>
internal sealed class RefusalLog(string scheme, TimeProvider time, ILogger logger)
{
    /// <summary>The most lines in a second.</summary>
    public const int MostPerSecond = 10;

    private readonly Lock _lock = new();
    private long _second;
    private long _inSecond;

    public void Write(string requestId, string operation, string reason)
    {
        long second = time.GetUtcNow().ToUnixTimeSeconds();
        long before;
        bool isLeftOut;
        lock (_lock)
        {
            before = second == _second ? 0 : _inSecond - MostPerSecond;
            if (second != _second)
                (_second, _inSecond) = (second, 0);
            isLeftOut = ++_inSecond > MostPerSecond;
        }

        if (before > 0)
            JwtLog.MoreRefused(logger, before, scheme);
        if (!isLeftOut)
            JwtLog.Refused(logger, requestId, operation, scheme, reason);
    }
}
