namespace Headgate.Server.Settings;

/// <summary>The names of log levels as the setting takes them.</summary>
internal static class LogLevels
{
    public static (string Name, LogLevel Level)[] All { get; } =
        [("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warning", LogLevel.Warning), ("error", LogLevel.Error)];
}
