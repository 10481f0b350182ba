using Headgate.Gateway.Telemetry;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Tells of refused API keys, a bounded number a second. Thread-safe.</summary>
internal sealed class ApiKeyRefusals(string scheme, TimeProvider time, ILogger logger)
{
    private readonly LogAllowance _lines = LogAllowance.ForRefusals(time);

    /// <param name="keyId">The id in the key; empty where there is none.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="reason">Why.</param>
    public void Write(ReadOnlySpan<char> keyId, string requestId, string operation, string reason)
    {
        bool isTold = _lines.TryTake(out long leftOut);
        if (leftOut > 0)
            ApiKeyLog.MoreRefused(logger, leftOut, scheme);
        if (isTold)
            ApiKeyLog.Refused(logger, keyId.IsEmpty ? "-" : keyId.ToString(), requestId, operation, scheme, reason);
    }
}
