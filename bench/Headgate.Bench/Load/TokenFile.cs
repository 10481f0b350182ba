namespace Headgate.Bench.Load;

/// <summary>Tokens for the load, one a line.</summary>
/// <param name="Path">The file.</param>
/// <param name="Repeats">Whether it begins again at its end; else requests after the last token have none, and fail.</param>
internal sealed record TokenFile(string Path, bool Repeats);
