using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Reporting;

/// <summary>Gives the line of a file that a finding speaks of. Each file is read once. Not thread-safe.</summary>
internal sealed class SourceExcerpt
{
    private const int Width = 120;

    private readonly Dictionary<string, string[]> _files = new(StringComparer.Ordinal);

    /// <summary>The line and the column (from 0) of the place in it; null when the line cannot be had.</summary>
    public (string Line, int Caret)? Of(SourceLocation location)
    {
        string[] lines = Lines(location.File);
        if (location.Line < 1 || location.Line > lines.Length)
            return null;
        string line = lines[location.Line - 1].Replace('\t', ' ');
        int caret = Math.Clamp(location.Column - 1, 0, line.Length);

        // Of a long line (minified JSON) the part around the place.
        int start = Math.Max(0, caret - (Width / 2));
        if (line.Length <= Width || start == 0)
            return (line[..Math.Min(line.Length, Width)], caret);
        return (string.Concat("…", line.AsSpan(start, Math.Min(Width, line.Length - start))), caret - start + 1);
    }

    private string[] Lines(string path)
    {
        if (_files.TryGetValue(path, out string[]? known))
            return known;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The finding is probably just that; it is shown without its line.
            lines = [];
        }

        _files.Add(path, lines);
        return lines;
    }
}
