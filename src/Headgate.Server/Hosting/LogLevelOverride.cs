namespace Headgate.Server.Hosting;

/// <summary>A level that some categories of the log have for a while.</summary>
/// <param name="Category">The category with all below it; <see cref="LogLevelSwitch.Everything"/> for all that have none of their own.</param>
/// <param name="Level">The least level that is written.</param>
/// <param name="Until">Until when.</param>
internal sealed record LogLevelOverride(string Category, LogLevel Level, DateTimeOffset Until);
