using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Log messages of token verification. Event ids 1220–1229. Nothing of a token is written but the reason of its refusal.</summary>
internal static partial class JwtLog
{
    [LoggerMessage(1220, LogLevel.Information, "Token of request {RequestId} to {Operation} refused by {Scheme}: {Reason}")]
    public static partial void Refused(ILogger logger, string requestId, string operation, string scheme, string reason);

    [LoggerMessage(1221, LogLevel.Information, "{Count} more tokens refused by {Scheme} in that second")]
    public static partial void MoreRefused(ILogger logger, long count, string scheme);
}
