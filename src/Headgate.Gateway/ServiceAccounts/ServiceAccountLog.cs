using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>Log messages of service accounts. Event ids 2150–2159. No secret and no token is written.</summary>
internal static partial class ServiceAccountLog
{
    [LoggerMessage(2150, LogLevel.Warning, "Too many wrong client secrets from {Address}: for up to a minute it is not listened to. The last was for {ClientId}")]
    public static partial void AddressRefused(ILogger logger, string address, string clientId);

    [LoggerMessage(2151, LogLevel.Warning, "Too many wrong secrets for the service account {ClientId}: for up to a minute only addresses from which it was right before are listened to. The last was {Address}")]
    public static partial void ClientRefused(ILogger logger, string clientId, string address);

    [LoggerMessage(2152, LogLevel.Warning, "The last use of the service account {ClientId} is not noted: {Reason}")]
    public static partial void UseNotNoted(ILogger logger, string clientId, string reason);
}
