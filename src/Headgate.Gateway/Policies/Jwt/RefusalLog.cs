using Headgate.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Tells of refused tokens, a bounded number a second. Thread-safe.</summary>
internal sealed class RefusalLog(string scheme, TimeProvider time, ILogger logger)
{
    private readonly LogAllowance _lines = LogAllowance.ForRefusals(time);

    public void Write(string requestId, string operation, string reason)
    {
        bool isTold = _lines.TryTake(out long leftOut);
        if (leftOut > 0)
            JwtLog.MoreRefused(logger, leftOut, scheme);
        if (isTold)
            JwtLog.Refused(logger, requestId, operation, scheme, reason);
    }
}
