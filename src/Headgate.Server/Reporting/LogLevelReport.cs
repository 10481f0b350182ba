namespace Headgate.Server.Reporting;

/// <summary>A level that a category of the log has for a while.</summary>
/// <param name="Category">The category.</param>
/// <param name="Level">The level.</param>
/// <param name="Until">Until when.</param>
internal sealed record LogLevelReport(string Category, string Level, DateTimeOffset Until);
