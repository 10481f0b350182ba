using Headgate.Server.Hosting;
using Headgate.Server.Settings;

namespace Headgate.Server.Reporting;

/// <summary>The levels of the program's log.</summary>
/// <param name="Level">The level that the settings say.</param>
/// <param name="Categories">Those that hold for a while.</param>
internal sealed record LogLevelsReport(string Level, IReadOnlyList<LogLevelReport> Categories)
{
    public static LogLevelsReport Of(LogLevel level, LogLevelSwitch levels) =>
        new(NameOf(level), [.. levels.Read().Select(one => new LogLevelReport(one.Category, NameOf(one.Level), one.Until))]);

    private static string NameOf(LogLevel level) => LogLevels.All.First(known => known.Level == level).Name;
}
