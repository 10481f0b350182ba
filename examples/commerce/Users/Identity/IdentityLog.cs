namespace Commerce.Users.Identity;

internal static partial class IdentityLog
{
    [LoggerMessage(EventId = 9301, Level = LogLevel.Warning, Message = "A refresh token was used a second time: {Family} of {User} is revoked")]
    public static partial void RefreshTokenUsedTwice(ILogger logger, string family, string user);

    [LoggerMessage(EventId = 9302, Level = LogLevel.Warning, Message = "An authorization code was used a second time: {Family} of {User} is revoked")]
    public static partial void CodeUsedTwice(ILogger logger, string family, string user);
}
