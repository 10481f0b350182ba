namespace Headgate.Server.Documents;

/// <summary>What a set of files looks like from outside: target, length and time of change. Two of them are equal when nothing seems to have changed.</summary>
internal sealed class FileFingerprints : IEquatable<FileFingerprints>
{
    private readonly Dictionary<string, (string Target, long Length, long ChangedTicks)> _files = new(StringComparer.Ordinal);

    /// <summary>Looks at files. One that is not there, or cannot be looked at, has a fingerprint of its own.</summary>
    public static FileFingerprints Of(IEnumerable<string> paths)
    {
        var prints = new FileFingerprints();
        foreach (string path in paths)
            prints._files[path] = Look(path);
        return prints;
    }

    /// <summary>The fingerprints of these files: as they were seen, or as they are now where they were not looked at yet.</summary>
    public FileFingerprints For(IEnumerable<string> paths)
    {
        var prints = new FileFingerprints();
        foreach (string path in paths)
            prints._files[path] = _files.TryGetValue(path, out (string, long, long) seen) ? seen : Look(path);
        return prints;
    }

    public bool Equals(FileFingerprints? other) =>
        other is not null && _files.Count == other._files.Count
        && _files.All(file => other._files.TryGetValue(file.Key, out (string, long, long) known) && known == file.Value);

    public override bool Equals(object? obj) => Equals(obj as FileFingerprints);

    public override int GetHashCode() => _files.Count;

    // A mounted ConfigMap is a link to a file behind a linked directory: what changes is the target, never the link itself.
    private static (string, long, long) Look(string path)
    {
        try
        {
            var file = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
            return file.Exists ? (file.FullName, file.Length, file.LastWriteTimeUtc.Ticks) : (path, -1, 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (path, -2, 0);
        }
    }
}
