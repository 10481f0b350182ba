namespace Headgate.Server.Reporting;

/// <summary>Asks for a level of a category of the log.</summary>
/// <param name="Level">The level.</param>
/// <param name="For">For how long; null for the usual time.</param>
internal sealed record LogLevelBody(string Level, string? For);
