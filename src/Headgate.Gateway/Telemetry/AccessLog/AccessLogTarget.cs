namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>Where the lines go: a file, opened for appending, or the standard output. Used by the writer's thread alone once made.</summary>
/// <param name="path">The file; null for the standard output.</param>
/// <param name="open">Opens the target; another one in tests.</param>
internal sealed class AccessLogTarget(string? path, Func<Stream> open) : IDisposable
{
    private Stream? _stream = open();

    /// <summary>The target's name in messages.</summary>
    public string Name => path ?? "the standard output";

    /// <summary>Opens a target for the first time.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static AccessLogTarget Open(string? path) => new(path, () => path is null ? Console.OpenStandardOutput() : OpenFile(path));

    /// <summary>Writes whole lines, opening the target first when it is not open.</summary>
    public void Write(ReadOnlySpan<byte> lines)
    {
        _stream ??= open();
        _stream.Write(lines);
        _stream.Flush();
    }

    /// <summary>Closes the target; the next write opens it by its name, after a rotation another file.</summary>
    public void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    public void Dispose() => Close();

    // Readers and renaming are allowed while it is open. No buffer of its own: lines come in blocks.
    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
    });
}
