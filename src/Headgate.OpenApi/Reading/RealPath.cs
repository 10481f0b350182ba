namespace Headgate.OpenApi.Reading;

/// <summary>Finds out where a path really leads, through every symbolic link on the way.</summary>
internal static class RealPath
{
    // Linux gives up after 40 links (path_resolution(7)).
    private const int MostLinks = 40;

    /// <summary>The path without symbolic links, or null when links lead in a circle or cannot be read. What does not exist stays as written.</summary>
    public static string? Of(string fullPath)
    {
        int links = 0;
        var pending = new Stack<string>(Steps(fullPath));
        string reached = Path.GetPathRoot(fullPath)!;
        while (pending.TryPop(out string? step))
        {
            if (step == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? reached;
                continue;
            }

            string next = Path.Combine(reached, step);
            if (LinkTarget(next) is not { } target)
            {
                reached = next;
                continue;
            }

            if (++links > MostLinks)
                return null;
            if (Path.IsPathRooted(target))
                reached = Path.GetPathRoot(target)!;
            foreach (string more in Steps(target))
                pending.Push(more);
        }

        return reached;
    }

    /// <summary>Whether a path, both free of links, lies in a directory or below it.</summary>
    public static bool IsBelow(string path, string directory) =>
        path.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be opened either: the reader reports it then.
            return null;
        }
    }

    private static IEnumerable<string> Steps(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..]
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
            .Where(step => step != ".")
            .Reverse();
}
