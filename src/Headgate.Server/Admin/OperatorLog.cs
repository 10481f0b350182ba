namespace Headgate.Server.Admin;

/// <summary>Log messages of what operators do by hand, so that whoever looks later sees that it was done. Event ids 3160–3179.</summary>
internal static partial class OperatorLog
{
    [LoggerMessage(3160, LogLevel.Warning, "Drained by hand: /readyz asks for no further traffic until somebody takes it back")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(3161, LogLevel.Information, "Undrained by hand: /readyz asks for traffic again")]
    public static partial void Undrained(ILogger logger);

    [LoggerMessage(3162, LogLevel.Warning, "Instance {Instance} of {Service} is drained by hand and gets no further calls")]
    public static partial void InstanceDrained(ILogger logger, Uri instance, string service);

    [LoggerMessage(3163, LogLevel.Information, "Instance {Instance} of {Service} is undrained by hand")]
    public static partial void InstanceUndrained(ILogger logger, Uri instance, string service);

    [LoggerMessage(3164, LogLevel.Warning, "Circuit breakers of {Service} are set by hand: {State}")]
    public static partial void BreakersSet(ILogger logger, string service, string state);

    [LoggerMessage(3165, LogLevel.Information, "The log of {Category} is at level {Level} until {Until:u}")]
    public static partial void LevelSet(ILogger logger, string category, string level, DateTimeOffset until);

    [LoggerMessage(3166, LogLevel.Information, "The log of {Category} is back at the level of the settings")]
    public static partial void LevelReset(ILogger logger, string category);
}
