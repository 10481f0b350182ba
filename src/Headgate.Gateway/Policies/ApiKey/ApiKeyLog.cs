using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey;

/// <summary>Log messages of API keys. Event ids 2120–2139. Of a key nothing is written but its id, which is no secret.</summary>
internal static partial class ApiKeyLog
{
    [LoggerMessage(2120, LogLevel.Information, "API key {KeyId} of request {RequestId} to {Operation} refused by {Scheme}: {Reason}")]
    public static partial void Refused(ILogger logger, string keyId, string requestId, string operation, string scheme, string reason);

    [LoggerMessage(2121, LogLevel.Information, "{Count} more API keys refused by {Scheme} in that second")]
    public static partial void MoreRefused(ILogger logger, long count, string scheme);

    [LoggerMessage(2122, LogLevel.Information, "API key {KeyId} was created: {Name}")]
    public static partial void Created(ILogger logger, string keyId, string name);

    [LoggerMessage(2123, LogLevel.Information, "API key {KeyId} was rotated: {Name}. Its secret before is accepted until {PreviousUntil:u}")]
    public static partial void Rotated(ILogger logger, string keyId, string name, DateTimeOffset previousUntil);

    [LoggerMessage(2124, LogLevel.Information, "API key {KeyId} was revoked: {Name}")]
    public static partial void Revoked(ILogger logger, string keyId, string name);
}
