using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>Log messages of issuers' keys. Event ids 1200–1219.</summary>
internal static partial class KeyLog
{
    [LoggerMessage(1200, LogLevel.Information, "Keys of {Source}: {Count} in use ({KeyIds})")]
    public static partial void Changed(ILogger logger, string source, int count, string keyIds);

    [LoggerMessage(1201, LogLevel.Information, "Keys of {Source} that are left out: {Reasons}")]
    public static partial void LeftOut(ILogger logger, string source, string reasons);

    [LoggerMessage(1202, LogLevel.Warning, "Keys of {Source} cannot be read anew: {Reason} Those of {ReadAt:u} are used until {UsedUntil:u}")]
    public static partial void Stale(ILogger logger, string source, string reason, DateTimeOffset readAt, DateTimeOffset usedUntil);

    [LoggerMessage(1203, LogLevel.Error, "Keys of {Source} cannot be read: {Reason} Tokens that need them are answered with 503")]
    public static partial void Missing(ILogger logger, string source, string reason);
}
