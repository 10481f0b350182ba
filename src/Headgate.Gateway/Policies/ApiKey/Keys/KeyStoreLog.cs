using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>Log messages of the store of API keys. Event ids 3150–3159.</summary>
internal static partial class KeyStoreLog
{
    [LoggerMessage(3150, LogLevel.Warning, "API keys cannot be read anew: {Reason} Those of {ReadAt:u} are used for as long as their schemes allow")]
    public static partial void CannotRead(ILogger logger, string reason, DateTimeOffset? readAt);

    [LoggerMessage(3151, LogLevel.Information, "API keys are read anew again")]
    public static partial void ReadAgain(ILogger logger);

    [LoggerMessage(3152, LogLevel.Warning, "When API keys were used last could not be written down: {Reason}")]
    public static partial void UsesNotWritten(ILogger logger, string reason);
}
