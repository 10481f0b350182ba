using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts.SigningKeys;

/// <summary>Log messages of signing keys. Event ids 2140–2149.</summary>
internal static partial class SigningKeyLog
{
    [LoggerMessage(2140, LogLevel.Information, "Signing key {KeyId} is made; it signs tokens of service accounts from {SignsFrom:u}. Encryption in the store: {Protection}")]
    public static partial void Made(ILogger logger, string keyId, DateTimeOffset signsFrom, string protection);

    [LoggerMessage(2141, LogLevel.Information, "Signing key {KeyId} is removed; no token of its is accepted any more")]
    public static partial void Removed(ILogger logger, string keyId);
}
