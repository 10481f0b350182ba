using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Headgate.Server.Hosting;

/// <summary>The program's log: one line per message on standard error.</summary>
internal static class ProgramLog
{
    /// <param name="level">The least level that is written.</param>
    /// <param name="levels">What changes it while the program runs.</param>
    public static ILoggerFactory Create(LogLevel level, LogLevelSwitch levels) => LoggerFactory.Create(builder =>
    {
        builder
            .SetMinimumLevel(level)
            .AddFilter("Microsoft", level < LogLevel.Information ? level : LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        Steer(builder, levels);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });

    /// <summary>Has a log's levels changed by a switch.</summary>
    public static void Steer(ILoggingBuilder builder, LogLevelSwitch levels)
    {
        builder.Services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
    }
}
